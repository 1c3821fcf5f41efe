package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;

/**
 * A row whose children are asked for.
 *
 * @param room where its children live
 */
public record Parent(CollectionModel model, EntityId id, RoomId room) {
    public static Parent of(RowImage row) {
        return new Parent(row.model(), row.id(), row.room());
    }
}
