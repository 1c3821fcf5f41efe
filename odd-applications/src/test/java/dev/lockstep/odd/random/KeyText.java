package dev.lockstep.odd.random;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The text of an id of several columns, as docs/entities.md states it. */
public final class KeyText {
    private static final JsonValue EMPTY = Json.createValue("");

    private KeyText() {}

    /** The id of these parts. */
    public static String of(List<String> parts) {
        return parts.stream().map(KeyText::escaped).collect(Collectors.joining("~"));
    }

    /** The id of a row by its parts as JSON; a missing part counts as an empty text. */
    public static String of(OddCollection collection, JsonObject row) {
        return of(collection.parts().stream()
                .map(part -> row.getOrDefault(part.name(), EMPTY))
                .map(value -> value instanceof JsonString text ? text.getString() : value.toString())
                .toList());
    }

    private static String escaped(String part) {
        if (part.isEmpty()) {
            return "!";
        }
        StringBuilder text = new StringBuilder();
        for (byte each : part.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            boolean isPlain =
                    character < 128 && (Character.isLetterOrDigit(character) || character == '-' || character == '_');
            text.append(isPlain ? String.valueOf(character) : "!%02X".formatted(each & 0xFF));
        }
        return text.toString();
    }
}
