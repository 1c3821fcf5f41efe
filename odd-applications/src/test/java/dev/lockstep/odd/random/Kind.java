package dev.lockstep.odd.random;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The values of a field: those that may be sent, and the equality of two forms of a value.
 *
 * @param usual values that every collection accepts, as JSON
 * @param odd values at the limits, and beyond them
 * @param isKept whether the second value is the server's correct form of the first, which it accepted
 * @param isStored whether the text, from the database, is the value that clients received
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

    /** The same values with another equality. */
    Kind comparedBy(BiPredicate<JsonValue, JsonValue> isNowKept, BiPredicate<String, JsonValue> isNowStored) {
        return new Kind(usual, odd, isNowKept, isNowStored);
    }

    /** The same for a column that changes the sent values. */
    Kind storedOtherwise() {
        return new Kind(usual, odd, (sent, received) -> true, isStored);
    }
}
