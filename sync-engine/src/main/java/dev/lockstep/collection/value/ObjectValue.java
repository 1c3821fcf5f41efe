package dev.lockstep.collection.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of an embeddable, or of another object with named values, in a row. Immutable.
 *
 * @param members the values of all members by their names on the wire, in the order of JSON
 */
public record ObjectValue(Map<String, @Nullable Object> members) {
    public ObjectValue {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
}
