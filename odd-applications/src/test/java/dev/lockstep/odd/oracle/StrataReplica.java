package dev.lockstep.odd.oracle;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.StrataUser;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a Strata client, in the form of its bootstrap, that comes back with a cursor. */
final class StrataReplica {
    private static final int PAGE_MAX = 5_000;

    private final Map<String, Map<String, JsonObject>> rows = new LinkedHashMap<>();

    /** Adds a row that the client has, as in a bootstrap. */
    void add(JsonObject line) {
        of(line.getString("__class")).put(line.getString("id"), line);
    }

    /** The rows of a model by their ids. */
    Map<String, JsonObject> of(String model) {
        return rows.computeIfAbsent(model, first -> new LinkedHashMap<>());
    }

    /** Applies a page of deltas. */
    StrataReplica afterDeltas(Api user, long cursor) {
        Answer answer = user.get("/sync/deltas?after=" + cursor + "&limit=" + PAGE_MAX);
        if (answer.status() != 200) {
            throw new AssertionError("the deltas after " + cursor + ": " + answer);
        }
        answer.json().getJsonArray("actions").getValuesAs(JsonObject.class).forEach(this::apply);
        return this;
    }

    /** Applies the backlog of a subscription. */
    StrataReplica afterSubscription(URI application, String token, long cursor) {
        StrataUser user = new StrataUser(application, token);
        try (BroadcastSocket socket = user.open()) {
            socket.send(user.subscription(Long.toString(cursor)));
            List<JsonObject> actions = StrataUser.untilSubscribed(socket);
            actions.forEach(this::apply);
        }
        return this;
    }

    /** The data of an insert is a whole row, that of other actions the changed fields. */
    private void apply(JsonObject action) {
        String model = action.getString("modelName");
        String id = action.getString("modelId");
        if (action.getString("action").equals("D")) {
            of(model).remove(id);
            return;
        }
        Map<String, JsonValue> row = new LinkedHashMap<>();
        JsonObject before = of(model).get(id);
        if (before != null && !action.getString("action").equals("I")) {
            row.putAll(before);
        }
        row.put("__class", Json.createValue(model));
        row.put("id", Json.createValue(id)); // the data of rows with computed ids is without it
        row.putAll(action.getJsonObject("data"));
        of(model).put(id, Json.createObjectBuilder(row).build());
    }
}
