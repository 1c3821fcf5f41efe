package dev.lockstep.system.client;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;

/** Response to one request. */
public record Answer(int status, String contentType, String body) {
    static Answer of(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""),
                response.body());
    }

    public JsonObject json() {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    /** The row in the answer to a mutation. */
    public JsonObject row() {
        return json().getJsonObject("data");
    }

    /** The rows in the answer to a bulk mutation. */
    public JsonArray rows() {
        return json().getJsonArray("data");
    }

    /** The row in the answer, exactly as it was sent. */
    public String rowText() {
        return body.substring(body.indexOf("\"data\":") + "\"data\":".length(), body.length() - 1);
    }

    /** The message of a refusal. */
    public String message() {
        return json().getJsonObject("error").getString("message");
    }
}
