package dev.lockstep.collection.row;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;

/**
 * A row whose children are looked up.
 *
 * @param room the room of its children
 */
public record Parent(CollectionModel model, EntityId id, RoomId room) {
    public static Parent of(RowImage row) {
        return new Parent(row.model(), row.id(), row.room());
    }
}
