package dev.lockstep.api;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants done to one row. Field values are plain: {@code String}, {@code Number}, {@code Boolean},
 * {@code null}, {@code List} and {@code Map} of such.
 */
public sealed interface Change {
    /** The collection of the row. */
    CollectionName in();

    /**
     * A new row.
     *
     * @param id the id the client chose, or {@code null}; kept only where the collection takes clients' ids
     */
    record Insert(CollectionName in, @Nullable EntityId id, Map<String, @Nullable Object> fields) implements Change {
        public Insert {
            fields = unmodifiable(fields);
        }
    }

    /**
     * New values for some fields of a row. A row that does not exist in the room is left alone.
     *
     * @param room the name of the room that the row moves to; refused where the collection's rows stay where they are
     */
    record Update(CollectionName in, EntityId id, Map<String, @Nullable Object> fields, Optional<String> room)
            implements Change {
        /** @throws IllegalArgumentException if no room can have this name */
        public Update {
            fields = unmodifiable(fields);
            room.ifPresent(RoomId::requireName);
        }

        /** One that leaves the row in its room. */
        public Update(CollectionName in, EntityId id, Map<String, @Nullable Object> fields) {
            this(in, id, fields, Optional.empty());
        }
    }

    /** The end of a row. A row that does not exist in the room is left alone. */
    record Delete(CollectionName in, EntityId id) implements Change {}

    /**
     * The row is put away. A row that does not exist in the room is left alone.
     *
     * @param at when, as the client says; cut to microseconds
     */
    record Archive(CollectionName in, EntityId id, Instant at) implements Change {}

    /** The row is put away no longer. A row that does not exist in the room is left alone. */
    record Unarchive(CollectionName in, EntityId id) implements Change {}

    // Map.copyOf would lose the order of the fields and refuse null values.
    private static Map<String, @Nullable Object> unmodifiable(Map<String, @Nullable Object> fields) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
