package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.channels.AnsweredMutation;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The collections of svelte-todos that are kept elsewhere: a table of another program, and memory. */
abstract class HandledExamplesContract {
    private final URI application;
    private final Api api;
    private final String id = "row-" + UUID.randomUUID();

    /** Tests of the application svelte-todos at an address. */
    HandledExamplesContract(URI application) {
        this.application = application;
        api = new Api(application);
    }

    private static BroadcastSocket subscribed(URI application, String channel, String members) {
        BroadcastSocket socket = BroadcastSocket.at(application, "/api/sync");
        socket.send("{" + members + "\"type\":\"subscribe\",\"channel\":\"" + channel + "\"}");
        assertThat(socket.next().type()).isEqualTo("snapshot");
        return socket;
    }

    private String mutation(String mutationId, String channel, String action, String data) {
        return "{\"type\":\"mutate\",\"id\":\"" + mutationId + "\",\"channel\":\"" + channel + "\",\"action\":\""
                + action + "\",\"key\":\"" + id + "\"" + (data.isEmpty() ? "" : ",\"data\":" + data) + "}";
    }

    private static JsonObject row(BroadcastSocket newer) {
        return newer.next().json().getJsonObject("change").getJsonObject("row");
    }

    private List<String> listed(String channel) {
        return api.get("/rest/developer/" + channel).json().getJsonArray(channel).stream()
                .map(row -> row.asJsonObject().toString())
                .filter(row -> row.contains(id))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pantry    | name | {"name":"rice","amount":2}
            reminders | text | {"text":"rice"}
            """)
    @Tag("HAN1")
    @DisplayName(
            "[HAN1] a client writes to a collection that is kept elsewhere, and all see the row as it is there, once")
    void written(String channel, String field, String data) {
        try (BroadcastSocket older = subscribed(application, channel, "");
                BroadcastSocket newer = subscribed(application, channel, "\"v\":1,\"requestId\":\"r\",")) {
            String create = mutation(
                    UUID.randomUUID().toString(), channel, "create", data.replace("{", "{\"id\":\"" + id + "\","));
            older.send(create);
            AnsweredMutation created = AnsweredMutation.next(older, "ack");
            assertThat(created.answer().getJsonObject("data").getString(field)).isEqualTo("rice");
            JsonObject first = row(newer);
            assertThat(first).isEqualTo(created.answer().getJsonObject("data"));
            older.send(create);
            assertThat(older.next().type()).isEqualTo("ack");

            older.send(mutation(UUID.randomUUID().toString(), channel, "update", "{\"" + field + "\":\"beans\"}"));
            AnsweredMutation.next(older, "ack");
            assertThat(row(newer).toString()).isEqualTo(first.toString().replace("rice", "beans"));
            assertThat(listed(channel)).hasSize(1).first().asString().contains("beans");

            assertThat(api.delete("/rest/developer/" + channel + "/" + id).status())
                    .isEqualTo(200);
            assertThat(older.next().json().getString("action")).isEqualTo("delete");
            assertThat(newer.next().text()).contains("\"delete\"");
            assertThat(listed(channel)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pantry    | {"name":"rice","amount":-1} | amount
            reminders | {"text":""}                 | text
            """)
    @Tag("HAN4")
    @DisplayName("[HAN4] the constraints of the entity are checked before the handler is called")
    void invalid(String channel, String data, String field) {
        try (BroadcastSocket socket = subscribed(application, channel, "")) {
            socket.send(mutation(
                    UUID.randomUUID().toString(), channel, "create", data.replace("{", "{\"id\":\"" + id + "\",")));
            JsonObject refused = socket.next().json();
            assertThat(refused.getString("type")).isEqualTo("reject");
            assertThat(refused.toString()).contains(field);
            assertThat(listed(channel)).isEmpty();
        }
    }
}
