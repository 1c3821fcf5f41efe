package dev.lockstep.wire.cfsync.openapi;

import dev.lockstep.wire.json.PlainJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON of maps, lists, texts, numbers and booleans, in their order. */
final class Json {
    /** The value {@code null}. */
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private Json() {}

    /** An object; keys and values in turn. */
    static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }

    static String text(Object value) {
        return switch (value) {
            case Map<?, ?> members ->
                members.entrySet().stream()
                        .map(member -> PlainJson.quote((String) member.getKey()) + ":" + text(member.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> elements -> elements.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
            case String text -> PlainJson.quote(text);
            default -> value.toString();
        };
    }
}
