package dev.lockstep.wire.cfsync.openapi;

import java.util.LinkedHashMap;
import java.util.Map;

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
}
