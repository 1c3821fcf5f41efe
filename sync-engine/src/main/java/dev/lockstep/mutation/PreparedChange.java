package dev.lockstep.mutation;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A validated change; further checks depend on the stored rows. */
public sealed interface PreparedChange {
    CollectionModel model();

    /** The id of its row, if it is known before the row is written. */
    Optional<EntityId> row();

    /** The rooms that it may write to, for a mutation in this room. */
    default Set<RoomId> rooms(RoomId room) {
        return Set.of(model().roomOf(room));
    }

    /** @param references decide in which order rows are inserted */
    record Insert(CollectionModel model, Optional<EntityId> row, RowImage image, References references)
            implements PreparedChange {}

    /**
     * New values for a row.
     *
     * @param target the room that the row moves to, if it does
     * @param version the version that the row must have; empty if it does not matter
     * @param references decide which rows its relations may name
     */
    record Update(
            CollectionModel model,
            EntityId id,
            Map<FieldModel, @Nullable Object> values,
            Optional<RoomId> target,
            Optional<Object> version,
            References references)
            implements PreparedChange {
        public Update {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** Whether its values put the row into this scope. */
        public boolean movesTo(Optional<String> scope) {
            return scope.isPresent()
                    && values.entrySet().stream()
                            .anyMatch(value ->
                                    value.getKey().isScope() && scope.get().equals(value.getValue()));
        }

        @Override
        public Optional<EntityId> row() {
            return Optional.of(id);
        }

        @Override
        public Set<RoomId> rooms(RoomId room) {
            Set<RoomId> rooms = new LinkedHashSet<>();
            rooms.add(model.roomOf(room));
            target.ifPresent(rooms::add);
            return rooms;
        }
    }

    /** @param at the time of archiving; empty to unarchive */
    record Archive(CollectionModel model, EntityId id, Optional<Instant> at) implements PreparedChange {
        @Override
        public Optional<EntityId> row() {
            return Optional.of(id);
        }
    }

    /** @param references decide which rows the delete cascades to */
    record Delete(CollectionModel model, EntityId id, References references) implements PreparedChange {
        @Override
        public Optional<EntityId> row() {
            return Optional.of(id);
        }
    }
}
