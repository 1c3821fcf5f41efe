package dev.lockstep.wire.json;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writer of a JSON object whose members have the order of the calls. A member may be ready JSON, such as a row, which the
 * generator of JSON-P could not take without reading it. Not thread-safe.
 */
public final class JsonObject {
    private final StringBuilder json = new StringBuilder("{");

    private StringBuilder name(String name) {
        return PlainJson.quote(json.length() == 1 ? json : json.append(','), name)
                .append(':');
    }

    /** Adds a member: a plain value, another object, or lists and maps of these. */
    public JsonObject with(String name, @Nullable Object value) {
        PlainJson.write(name(name), value);
        return this;
    }

    /** Adds a member if it has a value. */
    public JsonObject with(String name, Optional<?> value) {
        value.ifPresent(present -> with(name, present));
        return this;
    }

    /** Adds a member of ready JSON. */
    public JsonObject withJson(String name, String value) {
        name(name).append(value);
        return this;
    }

    /** Adds a member of ready JSON if there is one. */
    public JsonObject withJson(String name, Optional<String> value) {
        value.ifPresent(present -> withJson(name, present));
        return this;
    }

    /** Adds an array of ready JSON. */
    public JsonObject withJson(String name, List<String> values) {
        return withJson(name, "[" + String.join(",", values) + "]");
    }

    /** The object as JSON. */
    @Override
    public String toString() {
        return json + "}";
    }
}
