package dev.lockstep.wire.channels.subscription;

import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.mapping.Role;
import java.util.Optional;

/**
 * A channel: a collection in a room.
 *
 * @param name the name that the client uses
 */
public record Channel(String name, CollectionModel model, RoomId room) {
    /** The name on the wire of the field by which clients 1.x tell which row is newer. */
    public Optional<String> stampField() {
        return stamp().map(FieldModel::name);
    }

    Optional<FieldModel> stamp() {
        return model.withRole(Role.UPDATED_AT).filter(FieldModel::isSent);
    }

    /** The key of the stamps in rows, whether there are stamps or not. */
    public String stampKey() {
        return stampField().orElse("updatedAt");
    }

    /** The name of collection and room, whatever name the client uses. */
    public String canonicalName() {
        return room.isShared() ? model.name().value() : model.name().value() + ":" + room.name();
    }
}
