package dev.lockstep.system.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/** One text message from the server. */
public record Frame(String text) {
    public JsonObject json() {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    public String type() {
        return json().getString("type");
    }

    public String collection() {
        return json().getString("collection");
    }

    public String action() {
        return json().getString("action");
    }

    public long broadcastId() {
        return json().getJsonNumber("broadcastId").longValueExact();
    }

    public long seq() {
        return json().getJsonNumber("seq").longValueExact();
    }

    /** The text without its position in the log. */
    public String withoutPosition() {
        return text.replaceFirst(",\"seq\":[0-9]+}$", "}");
    }

    /** The last number of a collection, in the first frame; 0 if it has never been used. */
    public long counter(String collection) {
        JsonObject counters = json().getJsonObject("counters");
        return counters.containsKey(collection)
                ? counters.getJsonNumber(collection).longValueExact()
                : 0;
    }
}
