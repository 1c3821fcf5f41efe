package dev.lockstep.collection.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of parsing one JSON value. */
public sealed interface ParseResult {
    /** The value can be stored. */
    record Value(Object java) implements ParseResult {}

    /**
     * The value is refused, with this message.
     *
     * @param path the member of the value that is at fault, as in {@code city} or {@code 3.city}; empty for the value itself
     */
    record Problem(String message, String path) implements ParseResult {
        Problem(String message) {
            this(message, "");
        }

        /** The same problem of a value that contains this one under a name. */
        public Problem in(String name) {
            return new Problem(message, path.isEmpty() ? name : name + "." + path);
        }

        static Problem expected(String expected, @Nullable Object json) {
            return new Problem("expected " + expected + ", received " + kind(json));
        }

        private static String kind(@Nullable Object json) {
            return switch (json) {
                case null -> "null";
                case String text -> "string";
                case Number number -> "number";
                case Boolean truth -> "boolean";
                case List<?> list -> "array";
                case Map<?, ?> map -> "object";
                default -> throw new IllegalArgumentException("not a plain value: " + json.getClass());
            };
        }
    }
}
