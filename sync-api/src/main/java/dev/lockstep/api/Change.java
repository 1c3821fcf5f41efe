package dev.lockstep.api;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One requested change of one row. Immutable. Field values are plain: {@code String}, {@code Number}, {@code Boolean},
 * {@code null}, and {@code List} and {@code Map} of these.
 */
public sealed interface Change {
    /** The collection of the row. */
    CollectionName in();

    /**
     * Inserts a row.
     *
     * @param id the client's id for the row, or {@code null}; kept only where the collection accepts clients' ids
     */
    record Insert(CollectionName in, @Nullable EntityId id, Map<String, @Nullable Object> fields) implements Change {
        public Insert {
            fields = unmodifiable(fields);
        }
    }

    /**
     * Sets some fields of a row. Has no effect if the row does not exist in the room.
     *
     * @param room the name of the room that the row moves to; refused where rows of the collection cannot move
     */
    record Update(CollectionName in, EntityId id, Map<String, @Nullable Object> fields, Optional<String> room)
            implements Change {
        /** @throws IllegalArgumentException if the room's name is invalid */
        public Update {
            fields = unmodifiable(fields);
            room.ifPresent(RoomId::requireName);
        }

        /** An update that leaves the row in its room. */
        public Update(CollectionName in, EntityId id, Map<String, @Nullable Object> fields) {
            this(in, id, fields, Optional.empty());
        }
    }

    /** Deletes a row. Has no effect if the row does not exist in the room. */
    record Delete(CollectionName in, EntityId id) implements Change {}

    /**
     * Archives a row. Has no effect if the row does not exist in the room.
     *
     * @param at the client's time of archiving; truncated to microseconds
     */
    record Archive(CollectionName in, EntityId id, Instant at) implements Change {}

    /** Ends the archiving of a row. Has no effect if the row does not exist in the room. */
    record Unarchive(CollectionName in, EntityId id) implements Change {}

    // Map.copyOf would lose the order of the fields and reject null values.
    private static Map<String, @Nullable Object> unmodifiable(Map<String, @Nullable Object> fields) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
