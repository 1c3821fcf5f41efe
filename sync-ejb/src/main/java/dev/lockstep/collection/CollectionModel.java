package dev.lockstep.collection;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncCollection.Direction;
import dev.lockstep.collection.FieldModel.Role;
import jakarta.persistence.Inheritance;
import jakarta.persistence.SecondaryTable;
import java.lang.reflect.Constructor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of one entity's annotations. Immutable, but for what is learnt of its {@link Storage} at the start.
 *
 * @param fields all persistent fields, the sent ones in the order of JSON
 * @param orderBy the field that lists are ordered by
 * @param filtered whether some callers may read only some of its rows
 * @param operations the writes that exist for clients: {@code INSERT} and its like
 * @param compositeKey the names on the wire of the fields of which ids are made; empty if they are not
 * @param loading how clients that keep rows themselves get them
 * @param indexedKeys the names on the wire of the fields by whose values clients may load rows
 * @param storage how the database stores its rows
 */
public record CollectionModel(
        String application,
        CollectionName name,
        Class<?> entity,
        List<FieldModel> fields,
        FieldModel orderBy,
        Direction direction,
        boolean clientIds,
        boolean filtered,
        Set<Operation> operations,
        List<String> compositeKey,
        Loading.Strategy loading,
        Set<String> indexedKeys,
        Storage storage) {
    public CollectionModel {
        fields = List.copyOf(fields);
        operations = Collections.unmodifiableSet(new TreeSet<>(operations));
        compositeKey = List.copyOf(compositeKey);
        indexedKeys = Collections.unmodifiableSet(new LinkedHashSet<>(indexedKeys));
    }

    // Rows are looked up by it all the time, and the entity tells it from others.
    @Override
    public int hashCode() {
        return entity.hashCode();
    }

    /** The same with a read filter. */
    CollectionModel withFilter() {
        return new CollectionModel(
                application,
                name,
                entity,
                fields,
                orderBy,
                direction,
                clientIds,
                true,
                operations,
                compositeKey,
                loading,
                indexedKeys,
                storage);
    }

    /** The field that holds a row's id. */
    public FieldModel idField() {
        return withRole(Role.ID).orElseThrow();
    }

    // A loop: asked several times for each row, a stream was 4 % of a busy writer's time.
    public Optional<FieldModel> withRole(Role role) {
        for (FieldModel field : fields) {
            if (field.role() == role) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** The field that holds the name of a row's room, if there is one. It may be that of the id. */
    public Optional<FieldModel> roomField() {
        for (FieldModel field : fields) {
            if (field.isRoom()) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** Whether each of its rows is a room of its own, named by its id. */
    public boolean hasOwnRooms() {
        return idField().isRoom();
    }

    /**
     * The id of a new row, as far as it is known before it is written: a row that is a room of its own has its room's name.
     *
     * @param chosen by the client, if it may choose
     * @throws InvalidFields if the row cannot be in that room
     */
    public Optional<EntityId> idIn(RoomId room, Optional<EntityId> chosen) throws InvalidFields {
        if (!hasOwnRooms()) {
            return chosen;
        }
        if (room.isShared()
                || chosen.filter(id -> !id.value().equals(room.name())).isPresent()) {
            throw new InvalidFields(
                    List.of(new Issue(idField().name(), "must be the name of the room, for the row is one itself")));
        }
        return Optional.of(new EntityId(room.name()));
    }

    /**
     * The room that a row of a room moves to; empty if it stays.
     *
     * @throws InvalidFields if it cannot move
     */
    public Optional<RoomId> target(RoomId from, Optional<String> name) throws InvalidFields {
        Optional<RoomId> target = name.map(to -> new RoomId(application, to)).filter(to -> !to.equals(roomOf(from)));
        if (target.isPresent() && (!isMovable() || target.get().isShared())) {
            String path = roomField().map(FieldModel::name).orElse("");
            throw new InvalidFields(
                    List.of(new Issue(path, isMovable() ? "must be the name of a room" : "the row cannot be moved")));
        }
        return target;
    }

    /** Whether clients may move its rows to other rooms. */
    public boolean isMovable() {
        return roomField().filter(FieldModel::isWrittenByUpdates).isPresent();
    }

    /** Whether its rows can be archived. */
    public boolean isArchivable() {
        return withRole(Role.ARCHIVED_AT).isPresent();
    }

    /**
     * The id of the row that connects these.
     *
     * @param fields values by the names of fields on the wire
     * @return empty if a field of the key has no text that can be stored, and where ids are not made of fields
     */
    public Optional<EntityId> compositeId(Map<String, @Nullable Object> fields) {
        return CompositeIds.of(this, fields);
    }

    /** The field that holds a row's scope, if there is one. */
    public Optional<FieldModel> scope() {
        for (FieldModel field : fields) {
            if (field.isScope()) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** What a client sent for a new row, with the scope of its request where the row has one and it sent none itself. */
    public Map<String, @Nullable Object> inScope(Optional<String> requested, Map<String, @Nullable Object> sent) {
        Optional<FieldModel> scope = scope().filter(field -> !sent.containsKey(field.name()));
        if (scope.isEmpty() || requested.isEmpty()) {
            return sent;
        }
        Map<String, @Nullable Object> filled = new LinkedHashMap<>(sent);
        filled.put(scope.get().name(), requested.get());
        return filled;
    }

    /**
     * The fields that lists are ordered by; all but the first ascending. Rows that are equal in the first come as they
     * were inserted: stamps grow with every mutation of a room, and the ids that the server makes grow within one.
     */
    public List<FieldModel> listOrder() {
        Set<FieldModel> order = new LinkedHashSet<>();
        order.add(orderBy);
        withRole(Role.CREATED_AT).ifPresent(order::add);
        order.add(idField());
        // Ids differ: nothing that came after one would count.
        return orderBy.role() == Role.ID ? List.of(orderBy) : List.copyOf(order);
    }

    /** The name on the wire of the field that counts the changes of a row, if there is one. */
    public Optional<String> versionField() {
        return withRole(Role.VERSION).map(FieldModel::name);
    }

    /** The name on the wire of the field that says whose a row is, if there is one. */
    public Optional<String> ownerField() {
        return withRole(Role.OWNER).map(FieldModel::name);
    }

    /** Whether its rows cannot be without an owner. */
    public boolean requiresOwner() {
        return withRole(Role.OWNER).filter(FieldModel::isRequired).isPresent();
    }

    /** The field with this name on the wire. */
    public Optional<FieldModel> named(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** Whether its rows have no room of their own. */
    public boolean isSingleTenant() {
        return roomField().isEmpty();
    }

    /** Whether the field {@code id} among a new row's values is its id; what a client's library chooses is so, besides. */
    public boolean keepsSentIds() {
        return entity.getAnnotation(SyncCollection.class).clientIds();
    }

    /** Whether all columns of its rows lie in one table. */
    public boolean isOneTable() {
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            if (type.isAnnotationPresent(Inheritance.class)
                    || type.getAnnotationsByType(SecondaryTable.class).length > 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The shape of its rows in JSON and in frames: a hash that changes when a field is renamed, added or
     * removed, when its type or its form does, and when another field is the room's or the scope's.
     */
    public String shape() {
        return CollectionShape.of(fields);
    }

    /** Whether its rows have scopes. */
    public boolean hasScopes() {
        return scope().isPresent();
    }

    /** Whether its deleted rows stay in their table. */
    public boolean deletesSoftly() {
        return withRole(Role.DELETED_AT).isPresent();
    }

    /** The room that a row lives in when it is asked for in {@code requested}. */
    public RoomId roomOf(RoomId requested) {
        return isSingleTenant() ? RoomId.shared(requested.application()) : requested;
    }

    public Object newEntity() {
        try {
            Constructor<?> constructor = entity.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(entity.getName() + " has no constructor without parameters that works", e);
        }
    }
}
