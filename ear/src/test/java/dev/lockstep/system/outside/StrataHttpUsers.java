package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.StrataUser;
import dev.lockstep.system.server.Server;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Users of the Strata dialect over HTTP. Alice is in the groups ws-1 and ws-a, Bob in ws-1 and ws-b. Each test writes rows of
 * its own.
 */
abstract class StrataHttpUsers {
    static final String MUTATE = "/sync/mutate";
    static final String BATCH = "/sync/batch";

    final Api anybody;
    final Api alice;
    final StrataUser aliceUser;
    final Api bob;
    final Api todoApp;

    StrataHttpUsers(Server server) {
        anybody = new Api(server.application("strata-tasks"));
        alice = anybody.with("Authorization", "Bearer alice-token");
        aliceUser = new StrataUser(server.application("strata-tasks"), "alice-token");
        bob = anybody.with("Authorization", "bearer bob-token");
        todoApp = new Api(server.application("todo-app"));
    }

    /** A transaction of a client of its own. */
    record Tx(String action, String model, String row, String payload, String id) {
        static Tx of(String action, String row, String payload) {
            return new Tx(action, "Task", row, payload, anyId());
        }

        Tx model(String other) {
            return new Tx(action, other, row, payload, id);
        }

        Tx again(String otherPayload) {
            return new Tx(action, model, row, otherPayload, id);
        }

        String json() {
            return "{\"action\":\"" + action + "\",\"clientId\":\"c-1\",\"clientTxId\":\"" + id + "\",\"modelName\":\""
                    + model + "\",\"modelId\":\"" + row + "\",\"payload\":" + payload + "}";
        }
    }

    static String anyId() {
        return UUID.randomUUID().toString();
    }

    static Tx insert(String row, String group, String title) {
        return Tx.of("INSERT", row, "{\"title\":\"" + title + "\",\"workspaceId\":\"" + group + "\"}");
    }

    static Answer mutate(Api by, Tx... transactions) {
        String all = List.of(transactions).stream().map(Tx::json).collect(Collectors.joining(","));
        return by.post(MUTATE, "{\"batchId\":\"b\",\"transactions\":[" + all + "]}");
    }

    /** The outcome of each: its position in the log, or the reason. */
    static List<String> outcomes(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().getJsonArray("results").getValuesAs(JsonObject.class).stream()
                .map(each -> each.getBoolean("success") ? each.getString("syncId") : each.getString("error"))
                .toList();
    }

    static String done(Api by, Tx transaction) {
        String place = outcomes(mutate(by, transaction)).getFirst();
        assertThat(place).matches("[0-9]+");
        return place;
    }

    static String before(String place) {
        return String.valueOf(Long.parseLong(place) - 1);
    }

    static List<JsonObject> actions(Api by, String after, String more) {
        return by.get("/sync/deltas?after=" + after + "&limit=5000" + more)
                .json()
                .getJsonArray("actions")
                .getValuesAs(JsonObject.class);
    }

    static List<JsonObject> lines(String body) {
        return body.lines().map(StrataHttpUsers::json).toList();
    }

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    static List<String> ids(List<JsonObject> rows) {
        return rows.stream().map(row -> row.getString("id")).toList();
    }

    static List<JsonObject> rows(Api by, String query) {
        List<JsonObject> lines = lines(by.get("/sync/bootstrap?" + query).body());
        assertThat(lines.getLast().getString("type")).isEqualTo("end");
        List<JsonObject> rows = lines.subList(1, lines.size() - 1);
        assertThat(lines.getLast().getInt("rowCount")).isEqualTo(rows.size());
        return rows;
    }
}
