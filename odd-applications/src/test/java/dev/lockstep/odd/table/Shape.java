package dev.lockstep.odd.table;

import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddCollection.Trait;
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
    public record Value(String sent, String received, Map<String, @Nullable String> stored) {}

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
