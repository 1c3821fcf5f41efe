package dev.lockstep.collection;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncCollection.Direction;
import dev.lockstep.collection.identifier.CompositeIds;
import dev.lockstep.collection.mapping.HandledEntities;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.Subtypes;
import jakarta.persistence.Inheritance;
import jakarta.persistence.SecondaryTable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of one entity's annotations. Immutable, except for the {@link Storage}, which is completed at the start.
 *
 * @param subtypes the classes of the rows, if the entity has subclasses
 * @param fields all persistent fields, those of the subclasses too, the sent ones in the order of JSON
 * @param orderBy the field that orders lists
 * @param filtered whether the policy has a read filter for the collection
 * @param operations the single write operations that clients may use, such as {@code INSERT}
 * @param compositeKey the names on the wire of the fields that form the id; empty without a {@code @CompositeKey}
 * @param loading the loading strategy of clients with a local store
 * @param indexedKeys the names on the wire of the fields by whose values clients may load rows
 * @param lists the fields by which clients may filter and sort lists
 * @param storage the way in which the database stores its rows
 */
public record CollectionModel(
        String application,
        CollectionName name,
        Class<?> entity,
        Subtypes subtypes,
        List<FieldModel> fields,
        FieldModel orderBy,
        Direction direction,
        boolean clientIds,
        boolean filtered,
        Set<Operation> operations,
        List<String> compositeKey,
        Loading.Strategy loading,
        Set<String> indexedKeys,
        ListFields lists,
        Storage storage) {
    /** An id of the form that the server makes. */
    private static final EntityId MADE = new EntityId("00000000-0000-7000-8000-000000000000");

    public CollectionModel {
        fields = List.copyOf(fields);
        operations = Collections.unmodifiableSet(new TreeSet<>(operations));
        compositeKey = List.copyOf(compositeKey);
        indexedKeys = Collections.unmodifiableSet(new LinkedHashSet<>(indexedKeys));
    }

    // Models are map keys in every lookup of a row, and the entity class identifies them.
    @Override
    public int hashCode() {
        return entity.hashCode();
    }

    /** A copy with a read filter. */
    public CollectionModel withFilter() {
        return with(true, operations);
    }

    /**
     * A copy with the operations that its handler offers.
     *
     * @throws Misconfiguration if the collection cannot have a handler
     */
    public CollectionModel handled(HandledEntities.Offer offer) {
        if (deletesSoftly() || !compositeKey.isEmpty() || idField().key().isPresent()) {
            throw new Misconfiguration(entity.getName() + " has a CollectionHandler, and "
                    + (deletesSoftly() ? "deletes softly" : "a composite key")
                    + ": the copies of a handler's rows are deleted for good and have one id; change the entity.");
        }
        Set<Operation> offered = new TreeSet<>(operations);
        offered.retainAll(offer.operations());
        return with(filtered || offer.isFiltered(), offered);
    }

    private CollectionModel with(boolean isFiltered, Set<Operation> offered) {
        return new CollectionModel(
                application,
                name,
                entity,
                subtypes,
                fields,
                orderBy,
                direction,
                clientIds,
                isFiltered,
                offered,
                compositeKey,
                loading,
                indexedKeys,
                lists,
                storage);
    }

    /** Whether the log holds a row as it was before an update: readers may see only one of both. */
    public boolean logsRowsBefore() {
        return filtered || !lists.filterable().isEmpty();
    }

    /** The field with a row's id. */
    public FieldModel idField() {
        return withRole(Role.ID).orElseThrow();
    }

    /** The fields that make up a row's id, in their order: its parts, or the id itself if it is one column. */
    public List<FieldModel> idFields() {
        FieldModel id = idField();
        return id.key().isEmpty()
                ? List.of(id)
                : fields.stream()
                        .filter(field -> field.keyPart() >= 0)
                        .sorted(Comparator.comparingInt(FieldModel::keyPart))
                        .toList();
    }

    /** Whether the database, or the JPA provider, makes the ids of new rows. */
    public boolean generatesIds() {
        return idField().isGenerated();
    }

    /** The value of an id in Java; empty if no row can have the id. */
    public Optional<Object> idValue(EntityId id) {
        return idField().idValue(id.value());
    }

    /** Whether a text may be an id: numbers, UUIDs and ids of several columns have forms that others do not. */
    public boolean canHave(EntityId id) {
        return idValue(id).isPresent();
    }

    /** Whether the ids that the server makes, UUIDs, can be ids of rows. */
    boolean canHaveMadeIds() {
        return canHave(MADE);
    }

    /** The values of ids in Java, without those that no row can have. */
    public List<Object> idValues(Collection<EntityId> ids) {
        return ids.stream().flatMap(id -> idValue(id).stream()).toList();
    }

    /** The id with this value in Java. */
    public EntityId idOf(Object value) {
        return idField().idOf(value);
    }

    /** The same for a value that clients give a reference; empty for a text that is no row's id. */
    public Optional<EntityId> possibleId(Object value) {
        try {
            return Optional.of(idOf(value));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    // A loop: it is called several times for each row, and a stream took 4 % of a busy writer's time.
    public Optional<FieldModel> withRole(Role role) {
        return with(role, fields);
    }

    /** The field with a role, if there is one. */
    public static Optional<FieldModel> with(Role role, List<FieldModel> fields) {
        for (FieldModel field : fields) {
            if (field.role() == role) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** The field with the name of a row's room, if there is one. It may be the id field. */
    public Optional<FieldModel> roomField() {
        for (FieldModel field : fields) {
            if (field.isRoom()) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /**
     * The value of the room's column in Java; empty if no row can be in a room of this name, because the column has the id of
     * another row and the name is none. Not for a collection without rooms.
     */
    public Optional<Object> roomValue(String name) {
        return roomField().orElseThrow().idType().read(name);
    }

    /** The values of the room's column for these rooms, without those that no row can be in. */
    public List<Object> roomValues(Collection<String> names) {
        return names.stream().flatMap(name -> roomValue(name).stream()).toList();
    }

    /** Whether each row is a room of its own, named by its id. */
    public boolean hasOwnRooms() {
        return idField().isRoom();
    }

    /**
     * The id of a new row, if it is known before the write: a row that is a room of its own has its room's name.
     *
     * @param chosen the client's id, if the client may choose one
     * @throws InvalidFields if the id does not have the type of the ids or is missing, or the row cannot be in that room
     */
    public Optional<EntityId> idIn(RoomId room, Optional<EntityId> chosen) throws InvalidFields {
        if (chosen.isEmpty() && !generatesIds() && !canHaveMadeIds()) {
            throw new InvalidFields(List.of(new Issue(
                    idField().name(),
                    "expected " + idField().type().expected() + ", because clients choose the ids of '" + name + "'")));
        }
        if (chosen.isPresent() && idValue(chosen.get()).isEmpty()) {
            throw new InvalidFields(List.of(
                    new Issue(idField().name(), "expected " + idField().type().expected() + " in its shortest form")));
        }
        if (!isSingleTenant()) {
            requireRoom(room.name());
        }
        if (!hasOwnRooms()) {
            return chosen;
        }
        if (room.isShared()
                || chosen.filter(id -> !id.value().equals(room.name())).isPresent()) {
            throw new InvalidFields(List.of(
                    new Issue(idField().name(), "must be the room's name, because the row is a room of its own")));
        }
        return Optional.of(new EntityId(room.name()));
    }

    private void requireRoom(String name) throws InvalidFields {
        if (roomValue(name).isEmpty()) {
            FieldModel field = roomField().orElseThrow();
            throw new InvalidFields(List.of(new Issue(
                    field.name(),
                    "the room's name must be the id of another row: a "
                            + field.idType().described())));
        }
    }

    /**
     * The room that a row moves to; empty if it stays in its room.
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
        if (target.isPresent()) {
            requireRoom(target.get().name());
        }
        return target;
    }

    /** Whether clients may move rows to other rooms. */
    public boolean isMovable() {
        return roomField().filter(FieldModel::isWrittenByUpdates).isPresent();
    }

    /**
     * The id of the row with these key values.
     *
     * @param fields values by field names on the wire
     * @return empty if a key field has no storable text, or without a composite key
     */
    public Optional<EntityId> compositeId(Map<String, @Nullable Object> fields) {
        return CompositeIds.of(name, compositeKey, fields);
    }

    /** The field with a row's scope, if there is one. */
    public Optional<FieldModel> scope() {
        for (FieldModel field : fields) {
            if (field.isScope()) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** The values of a new row, completed by the scope of its request if the collection has scopes and none was sent. */
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
     * The fields that order lists; all but the first ascending. Rows with equal first fields come in the order of
     * insertion: stamps grow with every mutation of a room, and the ids that the server makes grow within one.
     */
    public List<FieldModel> listOrder() {
        Set<FieldModel> order = new LinkedHashSet<>();
        if (orderBy.role() != Role.ID) { // ids are unique: no field after one could matter
            order.add(orderBy);
            withRole(Role.CREATED_AT).ifPresent(order::add);
        }
        order.addAll(idFields());
        return List.copyOf(order);
    }

    /** The name on the wire of the version field, if there is one. */
    public Optional<String> versionField() {
        return withRole(Role.VERSION).map(FieldModel::name);
    }

    /** The name on the wire of the owner field, if there is one. */
    public Optional<String> ownerField() {
        return withRole(Role.OWNER).map(FieldModel::name);
    }

    /** Whether rows must have an owner. */
    public boolean requiresOwner() {
        return withRole(Role.OWNER).filter(FieldModel::isRequired).isPresent();
    }

    /** Whether rows may have {@code null} in a field. The server sets ids; validation refuses {@code null} as blank or empty. */
    public boolean isNullable(FieldModel field) {
        return !field.isOf(entity)
                || (field.role() != Role.ID
                        && !field.isRequired()
                        && !compositeKey.contains(field.name())
                        && field.annotation(NotBlank.class).isEmpty()
                        && field.annotation(NotEmpty.class).isEmpty());
    }

    /** Whether an insert must name a field: it may not be {@code null}, and the entity has no default for it. */
    public boolean isRequiredInInserts(FieldModel field) {
        return !isNullable(field)
                && field.role() == Role.DATA
                && (field.isSubtype()
                        || field.keyPart() >= 0
                        || compositeKey.contains(field.name())
                        || field.get(newEntity()) == null);
    }

    /** Whether an update may name a field: a value that clients may change, or the version that they have seen. */
    public boolean isNamedInUpdates(FieldModel field) {
        return (field.isWrittenByUpdates() && !field.isRoom()) || field.role() == Role.VERSION;
    }

    /** The field with this name on the wire. */
    public Optional<FieldModel> named(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** Whether rows have no room column. */
    public boolean isSingleTenant() {
        return roomField().isEmpty();
    }

    /** Whether the field {@code id} of a new row's values becomes its id, in addition to ids of clients' libraries. */
    public boolean keepsSentIds() {
        return entity.getAnnotation(SyncCollection.class).clientIds()
                || idField().key().isPresent();
    }

    /** Whether all columns of a row are in one table, and rows are of one class. */
    public boolean isOneTable() {
        if (subtypes.any()) {
            return false;
        }
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            if (type.isAnnotationPresent(Inheritance.class)
                    || type.getAnnotationsByType(SecondaryTable.class).length > 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The shape of rows in JSON and in frames: a hash that changes if a field is renamed, added or removed, if its type or
     * its JSON form changes, or if another field becomes the room or the scope.
     */
    public String shape() {
        return CollectionShape.of(fields);
    }

    /** Whether rows have scopes. */
    public boolean hasScopes() {
        return scope().isPresent();
    }

    /** Whether deleted rows stay in their table. */
    public boolean deletesSoftly() {
        return withRole(Role.DELETED_AT).isPresent();
    }

    /** The room of a row that is requested in {@code requested}. */
    public RoomId roomOf(RoomId requested) {
        return isSingleTenant() ? RoomId.shared(requested.application()) : requested;
    }

    /** The field with the class of a row, if the entity has subclasses. */
    public Optional<FieldModel> subtypeField() {
        return subtypes.any() ? fields.stream().filter(FieldModel::isSubtype).findFirst() : Optional.empty();
    }

    /** The fields whose values are in tables of their own. */
    public List<FieldModel> elementCollections() {
        return fields.stream().filter(FieldModel::isElementCollection).toList();
    }

    /** The classes whose rows a query can lock together: PostgreSQL does not lock rows of a union of tables. */
    public List<Class<?>> lockedTypes() {
        return subtypes.areTables() ? subtypes.types() : List.of(entity);
    }

    /** Whether entities of a class are rows of the collection. */
    public boolean hasRowsOf(Class<?> type) {
        return type == entity || subtypes.includes(type);
    }

    /** A new entity; of some subclass, if the entity is abstract. */
    public Object newEntity() {
        return newEntity(null);
    }

    /**
     * A new entity of the class that a text names.
     *
     * @param subtype null for the entity's own class
     */
    public Object newEntity(@Nullable Object subtype) {
        Class<?> type = subtypes.type(subtype)
                .or(() -> subtypes.types().stream().findFirst())
                .orElse(entity);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " has no working constructor without parameters", e);
        }
    }
}
