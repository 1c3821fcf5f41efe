package dev.lockstep.odd.random;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of entity and table for the rows of a collection, as far as usual values may break them.
 *
 * @param uniqueInRoom the field whose value, unless it is null, no other row of the room has
 * @param required fields that have a value
 * @param defaults values of a new row for fields that are not sent
 * @param least the least value of fields
 * @param goesWith the references to rows with which a row is deleted
 */
public record Rules(
        Optional<String> uniqueInRoom,
        Set<String> required,
        Map<String, JsonValue> defaults,
        Map<String, Integer> least,
        List<String> goesWith) {
    static final Rules NONE = new Rules(Optional.empty(), Set.of(), Map.of(), Map.of(), List.of());
}
