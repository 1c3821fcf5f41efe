package dev.lockstep.collection.row;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.UnreadableRows;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.database.ParameterPadding;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The only queries over the rows of collections, within the transaction of the given entity manager. Only this class
 * adds the conditions of soft delete and rooms.
 */
public final class RowRepository {
    /** Most ids in one query. PostgreSQL accepts 65,535 parameters; longer lists gain nothing. */
    private static final int IDS_MAX = 5_000;

    /** The lock timeout by which the JPA providers of WildFly and Payara skip locked rows. */
    private static final int SKIP_LOCKED = -2;

    /** SQLSTATE of a failure that a retry avoids: serialization failure. */
    private static final String SERIALIZATION_FAILURE = "40001";

    private final EntityManager entities;
    private final Map<Key, Object> managed = new HashMap<>();
    private final Map<Key, RowImage> unreadable = new HashMap<>();
    private final Map<Key, EntityId> generated = new HashMap<>();

    private record Key(CollectionModel model, EntityId id) {}

    public RowRepository(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * The result of {@link #lock}.
     *
     * @param rows the rows that are locked now, deleted rows and rows of other rooms included
     * @param blocked the ids of rows that another transaction has locked
     */
    public record Locked(Map<EntityId, RowImage> rows, Set<EntityId> blocked) {}

    /**
     * Locks rows until the end of the transaction, and reads them. Never waits: a row that another transaction has locked
     * is reported instead. Ids without a row are left out. The ids are sorted, so that two writers lock in the same order.
     */
    public Locked lock(CollectionModel model, SortedSet<EntityId> ids) {
        Map<EntityId, RowImage> found = new HashMap<>();
        Set<EntityId> blocked = new HashSet<>();
        List<Object> all = model.idValues(ids);
        for (int from = 0; from < all.size(); from += IDS_MAX) {
            List<Object> some = all.subList(from, Math.min(all.size(), from + IDS_MAX));
            for (Object entity :
                    model.storage().unreadable().any() ? lockReadable(model, some, found) : locked(model, some)) {
                RowImage image = RowImage.of(model, entity);
                found.put(image.id(), image);
                managed.put(new Key(model, image.id()), entity);
            }
            blocked.addAll(existing(model, without(model, some, found.keySet())));
        }
        return new Locked(found, blocked);
    }

    private List<?> locked(CollectionModel model, List<Object> ids) {
        try {
            return lockedRows(model, ids);
        } catch (RuntimeException failure) {
            if (!UnreadableRows.isCause(failure)) {
                throw failure;
            }
            // The provider may have given up the transaction: the next one reads rows before it loads entities.
            model.storage().unreadable().expectUnreadable();
            throw new PersistenceException(
                    new SQLException("a row cannot be read as an entity", SERIALIZATION_FAILURE, failure));
        }
    }

    /**
     * Locks rows of which some cannot be read as entities: those are locked and read as values.
     *
     * @param found receives those rows
     */
    private List<?> lockReadable(CollectionModel model, List<Object> ids, Map<EntityId, RowImage> found) {
        String id = "e." + model.idField().attribute();
        List<Object> locked = new ArrayList<>();
        model.lockedTypes().forEach(type -> locked.addAll(lockQuery(model, type, id, Object.class, ids)));
        List<Object> readable = new ArrayList<>();
        for (RowImage image : new ReadableRows(entities, model).byId(locked)) {
            if (image.isUnreadable()) {
                found.put(image.id(), image);
                unreadable.put(new Key(model, image.id()), image);
            } else {
                readable.addAll(model.idValues(List.of(image.id())));
            }
        }
        return readable.isEmpty() ? List.of() : lockedRows(model, readable);
    }

    /** The ids that are in use in any room, deleted rows included. Locks nothing. */
    public Set<EntityId> taken(CollectionModel model, SortedSet<EntityId> ids) {
        Set<EntityId> taken = new HashSet<>();
        List<Object> all = model.idValues(ids);
        for (int from = 0; from < all.size(); from += IDS_MAX) {
            taken.addAll(existing(model, all.subList(from, Math.min(all.size(), from + IDS_MAX))));
        }
        return taken;
    }

    private List<Object> lockedRows(CollectionModel model, List<Object> ids) {
        List<Object> rows = new ArrayList<>();
        model.lockedTypes().forEach(type -> rows.addAll(lockQuery(model, type, "e", type, ids)));
        new ElementCollections(entities, model).load(ids);
        return rows;
    }

    private <T> List<T> lockQuery(
            CollectionModel model, Class<?> from, String selected, Class<T> type, List<Object> ids) {
        String id = "e." + model.idField().attribute();
        String query = "select " + selected + " from "
                + entities.getMetamodel().entity(from).getName() + " e where " + id + " in :ids order by " + id;
        return entities.createQuery(query, type)
                .setParameter("ids", ParameterPadding.list(ids))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                .getResultList();
    }

    /** The existing ids among these. */
    private Set<EntityId> existing(CollectionModel model, List<Object> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        String id = "e." + model.idField().attribute();
        String query = "select " + id + " from " + entityName(model) + " e where " + id + " in :ids";
        return entities
                .createQuery(query, Object.class)
                .setParameter("ids", ParameterPadding.list(ids))
                .getResultList() // a stream would keep its connection in use until it is closed
                .stream()
                .map(model::idOf)
                .collect(Collectors.toSet());
    }

    private static List<Object> without(CollectionModel model, List<Object> ids, Set<EntityId> found) {
        return ids.stream().filter(id -> !found.contains(model.idOf(id))).toList();
    }

    /** The current rows in any room, deleted ones included. Locks nothing, and manages no entity. */
    public Map<EntityId, RowImage> images(CollectionModel model, SortedSet<EntityId> ids) {
        Map<EntityId, RowImage> found = new HashMap<>();
        List<Object> all = model.idValues(ids);
        for (int from = 0; from < all.size(); from += IDS_MAX) {
            List<Object> some = all.subList(from, Math.min(all.size(), from + IDS_MAX));
            new ReadableRows(entities, model).byId(some).forEach(image -> found.put(image.id(), image));
        }
        return found;
    }

    /**
     * The live children of rows of one collection, in any room of these rows; not locked. They stay as they are while
     * their room's row is locked, because no other transaction commits changes to the room then.
     *
     * @param most the read ends after one row more than this; the result is then incomplete
     */
    public List<Child> children(Reference reference, Collection<Parent> parents, int most) {
        List<Child> children = new ArrayList<>();
        List<Object> all = reference
                .parent()
                .idValues(parents.stream().map(Parent::id).distinct().toList());
        Map<String, RoomId> rooms = new HashMap<>();
        parents.forEach(parent -> rooms.put(parent.room().name(), parent.room()));
        for (int from = 0; from < all.size() && children.size() <= most; from += IDS_MAX) {
            List<Object> some = all.subList(from, Math.min(all.size(), from + IDS_MAX));
            childQuery(reference, some, rooms.keySet())
                    .setMaxResults(most + 1 - children.size())
                    .getResultList()
                    .stream()
                    .map(row -> child(reference, row, rooms))
                    .forEach(children::add);
        }
        return children;
    }

    /** A row with the id of its parent. */
    public record Child(Parent row, EntityId parent) {}

    private static Child child(Reference reference, Tuple row, Map<String, RoomId> rooms) {
        CollectionModel model = reference.child();
        RoomId room = model.roomField()
                .map(column -> rooms.get(String.valueOf(row.get(2))))
                .orElse(RoomId.shared(model.application()));
        return new Child(
                new Parent(model, model.idOf(row.get(0)), room),
                reference.parent().idOf(row.get(1)));
    }

    private TypedQuery<Tuple> childQuery(Reference reference, List<Object> parents, Set<String> rooms) {
        CollectionModel model = reference.child();
        String parent = "e." + reference.field().attribute();
        Optional<String> room = model.roomField().map(column -> "e." + column.attribute());
        String query = "select e." + model.idField().attribute() + ", " + parent
                + room.map(column -> ", " + column).orElse("") + " from " + entityName(model) + " e where " + parent
                + " in :parents" + live(model)
                + room.map(column -> " and " + column + " in :rooms").orElse("");
        TypedQuery<Tuple> children = entities.createQuery(query, Tuple.class).setParameter("parents", parents);
        room.ifPresent(column -> children.setParameter("rooms", model.roomValues(rooms)));
        return children;
    }

    /**
     * The live children of rows of one room, as managed entities; only those in that room.
     *
     * @param most the read ends after one row more than this; the result is then incomplete
     */
    public List<?> childEntities(Reference reference, List<EntityId> parents, String room, int most) {
        CollectionModel model = reference.child();
        if (!hasRoom(model, room)) {
            return List.of();
        }
        String query = "select e from " + entityName(model) + " e where e."
                + reference.field().attribute() + " in :parents" + live(model) + inRoom(model) + " order by e."
                + model.idField().attribute();
        List<Object> children = new ArrayList<>();
        for (int from = 0; from < parents.size() && children.size() <= most; from += IDS_MAX) {
            List<EntityId> some = parents.subList(from, Math.min(parents.size(), from + IDS_MAX));
            TypedQuery<?> page = entities.createQuery(query, model.entity())
                    .setParameter("parents", reference.parent().idValues(some))
                    .setMaxResults(most + 1 - children.size());
            setRoom(page, model, room);
            children.addAll(page.getResultList());
        }
        return children;
    }

    /**
     * Stores a new row. It is sent to the database with the next {@link #flush}; at once, if the database makes its id in
     * an identity column.
     */
    public void insert(RowImage image) {
        Object entity = image.newEntity();
        write(image, entity);
        entities.persist(entity);
        managed.put(new Key(image.model(), image.id()), entity);
        if (image.isPending()) {
            EntityId id = RowImage.of(image.model(), entity).id();
            managed.put(new Key(image.model(), id), entity);
            generated.put(new Key(image.model(), image.id()), id);
        }
    }

    /** Sets the values of a managed entity, or of one that will be stored. */
    public void write(RowImage image, Object entity) {
        image.writeTo(entity, entities::getReference);
    }

    /** The id of an inserted row; the one that the database has made, if the row was inserted with a preliminary one. */
    public EntityId madeFor(CollectionModel model, EntityId id) {
        return generated.getOrDefault(new Key(model, id), id);
    }

    /** Stores new values of a row that was locked with {@link #lock}, or inserted. */
    public void update(RowImage image) {
        RowImage before = unreadable.get(new Key(image.model(), image.id()));
        if (before == null) {
            write(image, locked(image.model(), image.id()));
        } else {
            new RowStatements(entities).update(image, image.changesSince(before));
            unreadable.put(new Key(image.model(), image.id()), image);
        }
    }

    /** Removes a row that was locked with {@link #lock}, or inserted. */
    public void remove(CollectionModel model, EntityId id) {
        if (unreadable.remove(new Key(model, id)) != null) {
            new RowStatements(entities).delete(model, id);
            return;
        }
        entities.remove(locked(model, id));
        managed.remove(new Key(model, id));
    }

    private Object locked(CollectionModel model, EntityId id) {
        Object entity = managed.get(new Key(model, id));
        if (entity == null) {
            throw new IllegalStateException("row " + id + " of " + model.name() + " was not locked");
        }
        return entity;
    }

    /** Sends everything that was stored to the database. */
    public void flush() {
        entities.flush();
    }

    /**
     * The live rows of a collection in the room of this name, in the collection's order. Read on demand; the caller closes
     * the stream.
     *
     * @param wanted the stream ends after one row more than its limit
     */
    public Stream<RowImage> stream(CollectionModel model, String room, ListQuery wanted) {
        return stream(model, room, wanted, Optional.empty());
    }

    /** The same, of rows that also meet a condition of the application. */
    public Stream<RowImage> stream(
            CollectionModel model, String room, ListQuery wanted, Optional<RowCondition> condition) {
        if (!hasRoom(model, room)) {
            return Stream.empty();
        }
        if (!wanted.isPlain() || condition.isPresent()) {
            return ListRows.stream(entities, model, room, wanted, condition);
        }
        return new ReadableRows(entities, model).of(selected -> {
            String select = "select " + ReadableRows.selection(selected) + " from " + entityName(model) + " e";
            TypedQuery<Object[]> query = liveRows(model, room, wanted, select, Object[].class);
            return wanted.rowsMax() < Integer.MAX_VALUE ? query.setMaxResults(wanted.rowsMax() + 1) : query;
        });
    }

    /**
     * A condition by the value of a key.
     *
     * @param name one of {@link CollectionModel#indexedKeys}
     */
    public record KeyValue(String name, String value) {}

    /**
     * Passes the live rows of a collection in some rooms to a reader, in any order; for a collection without rooms, all
     * its live rows.
     *
     * @param key only rows with this key
     * @param rowsMax most rows
     * @return the number of rows; one more than the limit if there are more
     */
    public int read(
            CollectionModel model,
            Collection<String> rooms,
            Optional<KeyValue> key,
            int rowsMax,
            Consumer<RowImage> reader) {
        List<Object> all = model.isSingleTenant() ? List.copyOf(rooms) : model.roomValues(rooms);
        int count = 0;
        for (int from = 0; from < all.size() && count <= rowsMax; from += IDS_MAX) {
            List<Object> some = all.subList(from, Math.min(all.size(), from + IDS_MAX));
            int most = rowsMax < Integer.MAX_VALUE ? rowsMax + 1 - count : Integer.MAX_VALUE;
            try (Stream<RowImage> found = new ReadableRows(entities, model).of(selected -> {
                TypedQuery<Object[]> query = inRooms(model, ReadableRows.selection(selected), some, key);
                return most < Integer.MAX_VALUE ? query.setMaxResults(most) : query;
            })) {
                Iterator<RowImage> rows = found.iterator();
                while (rows.hasNext() && count++ < rowsMax) {
                    reader.accept(rows.next());
                }
            }
            if (model.isSingleTenant()) {
                break;
            }
        }
        return count;
    }

    private TypedQuery<Object[]> inRooms(
            CollectionModel model, String selected, List<Object> rooms, Optional<KeyValue> key) {
        Optional<FieldModel> keyField =
                key.map(wanted -> model.named(wanted.name()).orElseThrow());
        Optional<Object> keyValue = keyField.flatMap(
                column -> column.idType().read(key.orElseThrow().value()));
        String query = "select " + selected + " from " + entityName(model) + " e where 1 = 1" + live(model)
                + model.roomField()
                        .map(column -> " and e." + column.attribute() + " in :rooms")
                        .orElse("")
                + keyField.map(column ->
                                keyValue.isPresent() ? " and e." + column.attribute() + " = :key" : " and 1 = 0")
                        .orElse("");
        TypedQuery<Object[]> rows = entities.createQuery(query, Object[].class);
        model.roomField().ifPresent(column -> rows.setParameter("rooms", rooms));
        keyValue.ifPresent(value -> rows.setParameter("key", value));
        return rows;
    }

    /** The rooms of live rows. A row in no room is left out. Locks nothing. */
    public Map<EntityId, RoomId> rooms(CollectionModel model, Collection<EntityId> ids) {
        String id = "e." + model.idField().attribute();
        String room =
                model.roomField().map(column -> ", e." + column.attribute()).orElse("");
        String query = "select " + id + room + " from " + entityName(model) + " e where " + id + " in :ids"
                + live(model)
                + model.roomField()
                        .map(column -> " and e." + column.attribute() + " is not null")
                        .orElse("");
        List<Object> all = model.idValues(ids);
        Map<EntityId, RoomId> rooms = new HashMap<>();
        for (int from = 0; from < all.size(); from += IDS_MAX) {
            entities.createQuery(query, Tuple.class)
                    .setParameter("ids", all.subList(from, Math.min(all.size(), from + IDS_MAX)))
                    .getResultList()
                    .forEach(row -> (room.isEmpty()
                                    ? Optional.of(RoomId.shared(model.application()))
                                    : RowImage.roomNamed(model, row.get(1)))
                            .ifPresent(found -> rooms.put(model.idOf(row.get(0)), found)));
        }
        return rooms;
    }

    /** All live rows of a room as managed entities. */
    public List<?> entities(CollectionModel model, String room) {
        String query = "select e from " + entityName(model) + " e";
        if (!hasRoom(model, room)) {
            return List.of();
        }
        return liveRows(model, room, ListQuery.ALL, query, model.entity()).getResultList();
    }

    private <T> TypedQuery<T> liveRows(
            CollectionModel model, String room, ListQuery wanted, String select, Class<T> type) {
        Optional<FieldModel> scope = wanted.scope().flatMap(name -> model.scope());
        String where = live(model)
                + inRoom(model)
                + scope.map(column -> " and e." + column.attribute() + " = :scope")
                        .orElse("")
                + wanted.after()
                        .map(position -> " and " + ListOrder.after(model, position))
                        .orElse("");
        TypedQuery<T> query =
                entities.createQuery(select + " where 1 = 1" + where + " order by " + ListOrder.of(model), type);
        setRoom(query, model, room);
        scope.ifPresent(column -> query.setParameter("scope", wanted.scope().orElseThrow()));
        wanted.after().ifPresent(position -> ListOrder.setPosition(query, model, position));
        return query;
    }

    /** Whether rows may be in a room of this name. */
    private static boolean hasRoom(CollectionModel model, String room) {
        return model.isSingleTenant() || model.roomValue(room).isPresent();
    }

    private static void setRoom(TypedQuery<?> query, CollectionModel model, String room) {
        model.roomField()
                .ifPresent(column ->
                        query.setParameter("room", model.roomValue(room).orElseThrow()));
    }

    private static String live(CollectionModel model) {
        return model.withRole(Role.DELETED_AT)
                .map(at -> " and e." + at.attribute() + " is null")
                .orElse("");
    }

    private static String inRoom(CollectionModel model) {
        return model.roomField()
                .map(column -> " and e." + column.attribute() + " = :room")
                .orElse("");
    }

    private String entityName(CollectionModel model) {
        return entities.getMetamodel().entity(model.entity()).getName();
    }
}
