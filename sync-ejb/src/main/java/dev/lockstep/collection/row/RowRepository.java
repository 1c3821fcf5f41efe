package dev.lockstep.collection.row;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.FieldModel.Role;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.UnreadableRows;
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
 * The only queries over the rows of collections, within the transaction of the given entity manager. Soft delete and
 * rooms are kept here; nothing else writes a condition over them.
 */
public final class RowRepository {
    /** Ids in one query. PostgreSQL takes 65,535 parameters; a longer list gains nothing. */
    private static final int IDS_MAX = 5_000;

    /** The value of the lock timeout by which the persistence providers of WildFly and Payara skip held rows. */
    private static final int SKIP_LOCKED = -2;

    /** The SQLSTATE of a failure that a second try does not meet: a serialization failure. */
    private static final String TRY_AGAIN = "40001";

    private final EntityManager entities;
    private final Map<Key, Object> managed = new HashMap<>();
    private final Map<Key, RowImage> unreadable = new HashMap<>();

    private record Key(CollectionModel model, EntityId id) {}

    public RowRepository(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * What {@link #lock} found.
     *
     * @param rows the rows that are locked now: deleted ones and those of other rooms too
     * @param held the ids of rows that another transaction holds
     */
    public record Locked(Map<EntityId, RowImage> rows, Set<EntityId> held) {}

    /**
     * Locks rows until the end of the transaction and reads them. Waits for nobody: a row that another transaction holds
     * is reported instead. Ids without a row are left out. Sorted, so that two writers meet in one order.
     */
    public Locked lock(CollectionModel model, SortedSet<EntityId> ids) {
        Map<EntityId, RowImage> found = new HashMap<>();
        Set<EntityId> held = new HashSet<>();
        List<String> all = ids.stream().map(EntityId::value).toList();
        for (int from = 0; from < all.size(); from += IDS_MAX) {
            List<String> some = all.subList(from, Math.min(all.size(), from + IDS_MAX));
            for (Object entity :
                    model.storage().unreadable().any() ? lockReadable(model, some, found) : locked(model, some)) {
                RowImage image = RowImage.of(model, entity);
                found.put(image.id(), image);
                managed.put(new Key(model, image.id()), entity);
            }
            held.addAll(existing(model, without(some, found.keySet())));
        }
        return new Locked(found, held);
    }

    private List<?> locked(CollectionModel model, List<String> ids) {
        try {
            return lockQuery(model, "e", model.entity(), ids).getResultList();
        } catch (RuntimeException failure) {
            if (!UnreadableRows.isCause(failure)) {
                throw failure;
            }
            // The provider may have given the transaction up: the next one looks at rows before it loads entities.
            model.storage().unreadable().expectUnreadable();
            throw new PersistenceException(new SQLException("a row cannot be read as an entity", TRY_AGAIN, failure));
        }
    }

    /**
     * The same where some rows cannot be read as entities: those are locked and read as values.
     *
     * @param found is filled with those
     */
    private List<?> lockReadable(CollectionModel model, List<String> ids, Map<EntityId, RowImage> found) {
        String id = "e." + model.idField().attribute();
        List<String> locked = lockQuery(model, id, String.class, ids).getResultList();
        List<String> readable = new ArrayList<>();
        for (RowImage image : new ReadableRows(entities, model).byId(locked)) {
            if (image.isUnreadable()) {
                found.put(image.id(), image);
                unreadable.put(new Key(model, image.id()), image);
            } else {
                readable.add(image.id().value());
            }
        }
        return readable.isEmpty()
                ? List.of()
                : lockQuery(model, "e", model.entity(), readable).getResultList();
    }

    /** Which of these ids are taken, by rows of whatever room, deleted ones too. Locks nothing. */
    public Set<EntityId> taken(CollectionModel model, SortedSet<EntityId> ids) {
        Set<EntityId> taken = new HashSet<>();
        List<String> all = ids.stream().map(EntityId::value).toList();
        for (int from = 0; from < all.size(); from += IDS_MAX) {
            taken.addAll(existing(model, all.subList(from, Math.min(all.size(), from + IDS_MAX))));
        }
        return taken;
    }

    private <T> TypedQuery<T> lockQuery(CollectionModel model, String selected, Class<T> type, List<String> ids) {
        String id = "e." + model.idField().attribute();
        String query =
                "select " + selected + " from " + entityName(model) + " e where " + id + " in :ids order by " + id;
        return entities.createQuery(query, type)
                .setParameter("ids", ParameterPadding.list(ids))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED);
    }

    /** Rows that are there, but were skipped: somebody holds them. */
    private Set<EntityId> existing(CollectionModel model, List<String> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        String id = "e." + model.idField().attribute();
        String query = "select " + id + " from " + entityName(model) + " e where " + id + " in :ids";
        return entities
                .createQuery(query, String.class)
                .setParameter("ids", ParameterPadding.list(ids))
                .getResultList() // a stream would keep its connection in use until it is closed
                .stream()
                .map(EntityId::new)
                .collect(Collectors.toSet());
    }

    private static List<String> without(List<String> ids, Set<EntityId> found) {
        return ids.stream().filter(id -> !found.contains(new EntityId(id))).toList();
    }

    /** Rows as the database has them now, deleted ones too, in whatever room. Locks nothing, and manages nothing. */
    public Map<EntityId, RowImage> images(CollectionModel model, SortedSet<EntityId> ids) {
        Map<EntityId, RowImage> found = new HashMap<>();
        List<String> all = ids.stream().map(EntityId::value).toList();
        for (int from = 0; from < all.size(); from += IDS_MAX) {
            List<String> some = all.subList(from, Math.min(all.size(), from + IDS_MAX));
            new ReadableRows(entities, model).byId(some).forEach(image -> found.put(image.id(), image));
        }
        return found;
    }

    /**
     * The living children of some rows of one collection, in any of the rooms of these; not locked. They stay as they are
     * while their room's row is locked, for nobody else commits changes to it then.
     *
     * @param most reading ends when there are more: then the answer is one row longer, and not complete
     */
    public List<Child> children(Reference reference, Collection<Parent> parents, int most) {
        List<Child> children = new ArrayList<>();
        List<String> all =
                parents.stream().map(parent -> parent.id().value()).distinct().toList();
        Map<String, RoomId> rooms = new HashMap<>();
        parents.forEach(parent -> rooms.put(parent.room().name(), parent.room()));
        for (int from = 0; from < all.size() && children.size() <= most; from += IDS_MAX) {
            List<String> some = all.subList(from, Math.min(all.size(), from + IDS_MAX));
            childQuery(reference, some, rooms.keySet())
                    .setMaxResults(most + 1 - children.size())
                    .getResultList()
                    .stream()
                    .map(row -> child(reference, row, rooms))
                    .forEach(children::add);
        }
        return children;
    }

    /** A row, and the one that it belongs to. */
    public record Child(Parent row, EntityId parent) {}

    private static Child child(Reference reference, Tuple row, Map<String, RoomId> rooms) {
        CollectionModel model = reference.child();
        RoomId room = model.roomField()
                .map(column -> rooms.get(row.get(2, String.class)))
                .orElse(RoomId.shared(model.application()));
        return new Child(
                new Parent(model, new EntityId(row.get(0, String.class)), room),
                new EntityId(row.get(1, String.class)));
    }

    private TypedQuery<Tuple> childQuery(Reference reference, List<String> parents, Set<String> rooms) {
        CollectionModel model = reference.child();
        String parent = "e." + reference.field().attribute();
        Optional<String> room = model.roomField().map(column -> "e." + column.attribute());
        String query = "select e." + model.idField().attribute() + ", " + parent
                + room.map(column -> ", " + column).orElse("") + " from " + entityName(model) + " e where " + parent
                + " in :parents" + alive(model)
                + room.map(column -> " and " + column + " in :rooms").orElse("");
        TypedQuery<Tuple> children = entities.createQuery(query, Tuple.class).setParameter("parents", parents);
        room.ifPresent(column -> children.setParameter("rooms", rooms));
        return children;
    }

    /**
     * The living children of rows of one room, as managed entities; only those in that room.
     *
     * @param most reading ends when there are more: then the answer is one row longer, and not complete
     */
    public List<?> childEntities(Reference reference, List<EntityId> parents, String room, int most) {
        CollectionModel model = reference.child();
        String query = "select e from " + entityName(model) + " e where e."
                + reference.field().attribute() + " in :parents" + alive(model) + inRoom(model) + " order by e."
                + model.idField().attribute();
        List<Object> children = new ArrayList<>();
        for (int from = 0; from < parents.size() && children.size() <= most; from += IDS_MAX) {
            List<EntityId> some = parents.subList(from, Math.min(parents.size(), from + IDS_MAX));
            TypedQuery<?> page = entities.createQuery(query, model.entity())
                    .setParameter("parents", some.stream().map(EntityId::value).toList())
                    .setMaxResults(most + 1 - children.size());
            model.roomField().ifPresent(column -> page.setParameter("room", room));
            children.addAll(page.getResultList());
        }
        return children;
    }

    /** Stores a new row. It reaches the database with the next {@link #flush}. */
    public void insert(RowImage image) {
        Object entity = image.model().newEntity();
        image.writeTo(entity);
        entities.persist(entity);
        managed.put(new Key(image.model(), image.id()), entity);
    }

    /** Stores new values of a row that {@link #lock} found, or that was inserted. */
    public void update(RowImage image) {
        RowImage before = unreadable.get(new Key(image.model(), image.id()));
        if (before == null) {
            image.writeTo(locked(image.model(), image.id()));
        } else {
            new RowStatements(entities).update(image, image.changesSince(before));
            unreadable.put(new Key(image.model(), image.id()), image);
        }
    }

    /** Removes a row that {@link #lock} found, or that was inserted. */
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
     * The live rows of a collection that are in the room of this name, in the collection's order. Read as they are asked
     * for; whoever has the stream closes it.
     *
     * @param wanted reading ends when there are more than it wants: then the stream is one row longer
     */
    public Stream<RowImage> stream(CollectionModel model, String room, ListQuery wanted) {
        return new ReadableRows(entities, model).of(selected -> {
            String select = "select " + selected + " from " + entityName(model) + " e";
            TypedQuery<Object[]> query = living(model, room, wanted, select, Object[].class);
            return wanted.rowsMax() < Integer.MAX_VALUE ? query.setMaxResults(wanted.rowsMax() + 1) : query;
        });
    }

    /**
     * Rows by the value of one of their keys.
     *
     * @param name one of {@link CollectionModel#indexedKeys}
     */
    public record KeyValue(String name, String value) {}

    /**
     * Hands over the live rows of a collection that are in any of some rooms, in no order; all rooms of a collection
     * whose rows have none.
     *
     * @param key only rows with it
     * @param rowsMax at most so many
     * @return how many there were; one more than were asked for, if there are more
     */
    public int read(
            CollectionModel model,
            Collection<String> rooms,
            Optional<KeyValue> key,
            int rowsMax,
            Consumer<RowImage> reader) {
        List<String> all = List.copyOf(rooms);
        int count = 0;
        for (int from = 0; from < all.size() && count <= rowsMax; from += IDS_MAX) {
            List<String> some = all.subList(from, Math.min(all.size(), from + IDS_MAX));
            int most = rowsMax < Integer.MAX_VALUE ? rowsMax + 1 - count : Integer.MAX_VALUE;
            try (Stream<RowImage> found = new ReadableRows(entities, model).of(selected -> {
                TypedQuery<Object[]> query = inRooms(model, selected, some, key);
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
            CollectionModel model, String selected, List<String> rooms, Optional<KeyValue> key) {
        Optional<FieldModel> keyField =
                key.map(wanted -> model.named(wanted.name()).orElseThrow());
        String query = "select " + selected + " from " + entityName(model) + " e where 1 = 1" + alive(model)
                + model.roomField()
                        .map(column -> " and e." + column.attribute() + " in :rooms")
                        .orElse("")
                + keyField.map(column -> " and e." + column.attribute() + " = :key")
                        .orElse("");
        TypedQuery<Object[]> rows = entities.createQuery(query, Object[].class);
        model.roomField().ifPresent(column -> rows.setParameter("rooms", rooms));
        key.ifPresent(wanted -> rows.setParameter("key", wanted.value()));
        return rows;
    }

    /** The rooms of live rows; what has none, where others have one, is left out. Locks nothing. */
    public Map<EntityId, RoomId> rooms(CollectionModel model, Collection<EntityId> ids) {
        String id = "e." + model.idField().attribute();
        String room =
                model.roomField().map(column -> ", e." + column.attribute()).orElse("");
        String query = "select " + id + room + " from " + entityName(model) + " e where " + id + " in :ids"
                + alive(model)
                + model.roomField()
                        .map(column -> " and e." + column.attribute() + " is not null")
                        .orElse("");
        List<String> all = ids.stream().map(EntityId::value).toList();
        Map<EntityId, RoomId> rooms = new HashMap<>();
        for (int from = 0; from < all.size(); from += IDS_MAX) {
            entities.createQuery(query, Tuple.class)
                    .setParameter("ids", all.subList(from, Math.min(all.size(), from + IDS_MAX)))
                    .getResultList()
                    .forEach(row -> rooms.put(
                            new EntityId(row.get(0, String.class)),
                            new RoomId(model.application(), room.isEmpty() ? "" : row.get(1, String.class))));
        }
        return rooms;
    }

    /** The live rows of a room as managed entities, all of them. */
    public List<?> entities(CollectionModel model, String room) {
        String query = "select e from " + entityName(model) + " e";
        return living(model, room, ListQuery.ALL, query, model.entity()).getResultList();
    }

    private <T> TypedQuery<T> living(
            CollectionModel model, String room, ListQuery wanted, String select, Class<T> type) {
        Optional<FieldModel> scope = wanted.scope().flatMap(name -> model.scope());
        String where = alive(model)
                + inRoom(model)
                + scope.map(column -> " and e." + column.attribute() + " = :scope")
                        .orElse("")
                + wanted.after()
                        .map(place -> " and " + ListOrder.after(model, place))
                        .orElse("");
        TypedQuery<T> query =
                entities.createQuery(select + " where 1 = 1" + where + " order by " + ListOrder.of(model), type);
        model.roomField().ifPresent(column -> query.setParameter("room", room));
        scope.ifPresent(column -> query.setParameter("scope", wanted.scope().orElseThrow()));
        wanted.after().ifPresent(place -> ListOrder.setPlace(query, place));
        return query;
    }

    private static String alive(CollectionModel model) {
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
