package dev.lockstep.api;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One requested change of one row, or the append of events. Immutable. Field values are plain: {@code String},
 * {@code Number}, {@code Boolean}, {@code null}, and {@code List} and {@code Map} of these.
 */
public sealed interface Change {
    /** The collection of the row. */
    CollectionName in();

    /** The operation of a mutation with this change alone. */
    default Operation operation() {
        return switch (this) {
            case Insert insert -> Operation.INSERT;
            case Update update -> Operation.UPDATE;
            case Delete delete -> Operation.DELETE;
            case Archive archive -> Operation.ARCHIVE;
            case Unarchive unarchive -> Operation.UNARCHIVE;
            case Append append -> Operation.APPEND;
        };
    }

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

    /**
     * Appends events to a store, all or none. The only change of its mutation, whose room is the store.
     *
     * @param events 1 to {@link #EVENTS_MAX}, each the parent of the next; the parent of the first must be the store's head
     * @param backendId the id of the store as the client knows it; another one is refused as {@link ErrorCode#STORE_RESET}
     */
    record Append(List<StoreEvent> events, Optional<String> backendId) implements Change {
        /** Most events of one append. */
        public static final int EVENTS_MAX = 10_000;

        /** Most characters of all events of one append, as JSON. */
        public static final int CHARACTERS_MAX = 1_048_576;

        /** @throws IllegalArgumentException if there are no events or too many, or one is not the parent of the next */
        public Append {
            events = List.copyOf(events);
            if (events.isEmpty() || events.size() > EVENTS_MAX) {
                throw new IllegalArgumentException(
                        "an append has 1 to " + EVENTS_MAX + " events, was " + events.size());
            }
            for (int i = 1; i < events.size(); i++) {
                if (events.get(i).parent() != events.get(i - 1).number()) {
                    throw new IllegalArgumentException("event " + events.get(i).number() + " has the parent "
                            + events.get(i).parent() + ", but follows "
                            + events.get(i - 1).number());
                }
            }
        }

        @Override
        public CollectionName in() {
            return StoreEvent.COLLECTION;
        }
    }

    // Map.copyOf would lose the order of the fields and reject null values.
    private static Map<String, @Nullable Object> unmodifiable(Map<String, @Nullable Object> fields) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
