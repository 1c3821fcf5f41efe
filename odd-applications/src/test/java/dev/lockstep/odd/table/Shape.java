package dev.lockstep.odd.table;

import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddCollection.Trait;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of shapes.
 *
 * @param name what is special about the field
 * @param field its name on the wire
 * @param whenNull the effect of {@code null}
 * @param others members of a new row beside the field, as JSON, each with a trailing comma
 */
public record Shape(
        String name,
        OddCollection collection,
        String field,
        Value first,
        Value second,
        WhenNull whenNull,
        String others) {
    /** The effect of {@code null} for the field. */
    public enum WhenNull {
        /** The columns are NULL, and clients receive {@code null}. */
        STORED,
        /** Clients receive an empty array. */
        EMPTY_ARRAY,
        /** The write is refused by the name of the field. */
        REFUSED
    }

    /**
     * A valid value.
     *
     * @param sent as JSON
     * @param received the form that clients receive, as JSON
     * @param stored the texts of columns; null for NULL
     */
    public record Value(String sent, String received, Map<String, @Nullable String> stored) {
        /**
         * An object after an update of one member, which alone is sent.
         *
         * @param pointer to the member
         * @param column that holds it
         * @param other the object with the new member
         */
        public Value with(String pointer, String column, Value other) {
            JsonPointer member = Json.createPointer(pointer);
            String name = pointer.substring(pointer.lastIndexOf('/') + 1);
            String only = "{\"" + name + "\":" + member.getValue(read(other.sent)) + "}";
            for (int end = pointer.lastIndexOf('/'); end > 0; end = pointer.lastIndexOf('/', end - 1)) {
                only = "{\"" + pointer.substring(pointer.lastIndexOf('/', end - 1) + 1, end) + "\":" + only + "}";
            }
            Map<String, @Nullable String> columns = new LinkedHashMap<>(stored);
            columns.put(column, other.stored.get(column));
            return new Value(
                    only,
                    member.replace(read(received), member.getValue(read(other.received)))
                            .toString(),
                    columns);
        }

        private static JsonObject read(String json) {
            try (JsonReader reader = Json.createReader(new StringReader(json))) {
                return reader.readObject();
            }
        }
    }

    /** Whether the field is an object, of which clients may send some members. */
    public boolean isObject() {
        return collection.field(field).orElseThrow().isObject();
    }

    /** Whether Strata's clients insert such rows. */
    public boolean isInStrata() {
        return collection.is(Trait.SPEAKS_STRATA);
    }

    /** The collection whose rows the shape refers to, as {@code {a}} and {@code {b}} in its texts. */
    public Optional<String> refersTo() {
        boolean refers = (others + first.sent()).contains("{a}");
        return collection.fields().stream()
                .filter(each -> refers)
                .flatMap(each -> Optional.ofNullable(each.refersTo()).stream())
                .findFirst();
    }

    @Override
    public String toString() {
        return name + " (" + collection + "." + field + ")";
    }
}
