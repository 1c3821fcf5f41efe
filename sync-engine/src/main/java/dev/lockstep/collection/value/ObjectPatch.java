package dev.lockstep.collection.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's values for some members of an object; the other members keep theirs. Immutable.
 *
 * @param values by the members' names on the wire; a value may be a patch itself
 */
public record ObjectPatch(ObjectType type, Map<String, @Nullable Object> values) {
    public ObjectPatch {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A value of a row after a client's value for it, which may be a patch. */
    public static @Nullable Object applied(@Nullable Object value, @Nullable Object before) {
        return value instanceof ObjectPatch patch ? patch.appliedTo(before) : value;
    }

    /** The object after the patch; null if none of its members has a value, because the database stores no such object. */
    private @Nullable Object appliedTo(@Nullable Object before) {
        Map<String, @Nullable Object> after =
                new LinkedHashMap<>(before instanceof ObjectValue object ? object.members() : type.empty());
        values.forEach((name, value) -> after.put(name, applied(value, after.get(name))));
        return ObjectType.orNull(after);
    }
}
