package dev.lockstep.odd.random;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The values of a field: what may be sent for it, and when two forms of a value are the same.
 *
 * @param usual values that every collection takes, as JSON
 * @param odd values at the edges, and beyond them
 * @param isKept whether the second value is what a server should make of the first, which it took
 * @param isStored whether the text, which the database has, is the value that clients are told
 */
record Kind(
        List<String> usual,
        List<String> odd,
        BiPredicate<JsonValue, JsonValue> isKept,
        BiPredicate<String, JsonValue> isStored) {
    Kind {
        usual = List.copyOf(usual);
        odd = List.copyOf(odd);
    }

    /** The same with other usual values. */
    Kind of(String... values) {
        return new Kind(List.of(values), odd, isKept, isStored);
    }

    /** The same for a column that makes other values of those that are sent. */
    Kind storedOtherwise() {
        return new Kind(usual, odd, (sent, told) -> true, isStored);
    }
}
