package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.mapping.Role;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Values that the server sets in entities of application code: ids, rooms and timestamps. */
public final class ServerFields {
    private ServerFields() {}

    /** Sets the fields of the server in a new entity: an id if it has none, and timestamps. */
    public static void assign(CollectionModel model, Object entity, EntityIds ids, Instant stamp) {
        if (!model.compositeKey().isEmpty()) {
            set(model, entity, RowImage.of(model, entity).requireCompositeId());
        } else if (model.idField().get(entity) == null && !model.generatesIds()) {
            if (model.idField().key().isPresent()) {
                throw new IllegalStateException(
                        "a row of '" + model.name() + "' needs a value in each of " + model.idFields());
            }
            if (!model.canHaveMadeIds()) {
                throw new IllegalStateException("a row of '" + model.name() + "' needs a value in " + model.idField()
                        + ", because the server cannot make one");
            }
            set(model, entity, ids.next());
        }
        set(model, entity, Role.CREATED_AT, RowImage.of(model, entity).createdAt(stamp));
        set(model, entity, Role.UPDATED_AT, stamp);
    }

    /**
     * Sets the room of a new entity.
     *
     * @param rows finds the referenced object for a class and an id
     * @throws IllegalStateException if the entity is a room of its own with another name
     */
    public static void assignRoom(
            CollectionModel model, Object entity, String room, BiFunction<Class<?>, Object, Object> rows) {
        FieldModel id = model.idField();
        if (model.hasOwnRooms() && id.get(entity) != null && !room.equals(id.get(entity))) {
            throw new IllegalStateException("row '" + id.get(entity) + "' of '" + model.name()
                    + "' is a room of its own: insert it into that room");
        }
        model.roomField().ifPresent(field -> field.set(entity, room, rows));
    }

    /** Sets the time of an entity's last change. */
    public static void restamp(CollectionModel model, Object entity, Instant stamp) {
        set(model, entity, Role.UPDATED_AT, stamp);
    }

    /** Marks an entity as soft-deleted. */
    public static void markDeleted(CollectionModel model, Object entity, Instant stamp) {
        set(model, entity, Role.DELETED_AT, stamp);
    }

    /** Replaces a preliminary timestamp wherever the entity has it. */
    public static void correct(CollectionModel model, Object entity, Instant given, Instant stamp) {
        for (Role role : List.of(Role.CREATED_AT, Role.UPDATED_AT, Role.DELETED_AT)) {
            model.withRole(role)
                    .filter(field -> given.equals(field.get(entity)))
                    .ifPresent(field -> field.set(entity, stamp));
        }
    }

    private static void set(CollectionModel model, Object entity, EntityId id) {
        model.idField().set(entity, model.idValue(id).orElseThrow());
    }

    private static void set(CollectionModel model, Object entity, Role role, @Nullable Object value) {
        model.withRole(role).ifPresent(field -> field.set(entity, value));
    }
}
