package dev.lockstep.odd.oracle;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The received rows of the collections of one room, by collection and id. For one thread at a time. */
final class Rows {
    private final Map<String, Map<String, JsonObject>> byCollection = new TreeMap<>();

    Rows() {}

    Rows(Rows others) {
        others.byCollection.forEach((collection, rows) -> byCollection.put(collection, new LinkedHashMap<>(rows)));
    }

    static JsonObject parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    /** The rows of a collection by their ids. */
    Map<String, JsonObject> of(String collection) {
        return byCollection.computeIfAbsent(collection, first -> new LinkedHashMap<>());
    }

    void replace(String collection, List<JsonObject> rows) {
        Map<String, JsonObject> now = of(collection);
        now.clear();
        rows.forEach(row -> now.put(row.getString("id"), row));
    }

    void apply(LoggedAction action) {
        if (action.row() == null) {
            of(action.collection()).remove(action.id());
        } else {
            of(action.collection()).put(action.id(), action.row());
        }
    }

    /** Applies a broadcast. */
    void apply(JsonObject broadcast) {
        Map<String, JsonObject> rows = of(broadcast.getString("collection"));
        JsonValue payload = broadcast.getOrDefault("payload", JsonValue.NULL);
        switch (broadcast.getString("action")) {
            case "insert", "update" -> put(rows, payload);
            case "bulk-insert", "bulk-update" -> ((JsonArray) payload).forEach(row -> put(rows, row));
            case "delete" -> rows.remove(((JsonObject) payload).getString("id"));
            case "bulk-delete" ->
                ((JsonObject) payload).getJsonArray("ids").forEach(id -> rows.remove(((JsonString) id).getString()));
            default -> throw new AssertionError("unknown action in " + broadcast);
        }
    }

    private static void put(Map<String, JsonObject> rows, JsonValue row) {
        rows.put(row.asJsonObject().getString("id"), row.asJsonObject());
    }
}
