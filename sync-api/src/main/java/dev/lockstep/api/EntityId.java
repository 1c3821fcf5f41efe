package dev.lockstep.api;

import dev.lockstep.api.entity.SyncRow;

/** The id of one row, unique within its collection. */
public record EntityId(String value) implements Comparable<EntityId> {
    /** Longest id, in characters: the length of the id column of {@link SyncRow}. */
    public static final int CHARACTERS_MAX = 255;

    /** @throws IllegalArgumentException if the id is empty, too long, or holds a NUL or half a surrogate pair, which
     *     databases do not store */
    public EntityId {
        if (value.isEmpty() || value.length() > CHARACTERS_MAX || !StorableText.isStorable(value)) {
            throw new IllegalArgumentException(
                    "an id is 1 to " + CHARACTERS_MAX + " characters of Unicode without NUL");
        }
    }

    @Override
    public int compareTo(EntityId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
