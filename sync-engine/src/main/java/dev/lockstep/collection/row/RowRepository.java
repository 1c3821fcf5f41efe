package dev.lockstep.collection.row;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The rows of collections within the transaction of the given entity manager: the rows that it locks and writes, and the only
 * way to queries over others. Confined to that transaction.
 */
public final class RowRepository {
    /** ISO 9075-2 section 24.1, as H2 and PostgreSQL report it. */
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final EntityManager entities;
    private final RowLocks locks;
    private final LiveRows live;
    private final Map<Key, Object> managed = new HashMap<>();
    private final Map<Key, RowImage> unreadable = new HashMap<>();
    private final Map<Key, EntityId> generated = new HashMap<>();
    private boolean removed;

    private record Key(CollectionModel model, EntityId id) {}

    public RowRepository(EntityManager entities) {
        this.entities = entities;
        this.locks = new RowLocks(entities);
        this.live = new LiveRows(entities);
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
        for (List<Object> some : RowConditions.parts(model.idValues(ids))) {
            List<?> locked = locks.lock(model, some, image -> {
                found.put(image.id(), image);
                unreadable.put(new Key(model, image.id()), image);
            });
            for (Object entity : locked) {
                RowImage image = RowImage.of(model, entity);
                found.put(image.id(), image);
                managed.put(new Key(model, image.id()), entity);
            }
            blocked.addAll(locks.existing(model, without(model, some, found.keySet())));
        }
        return new Locked(found, blocked);
    }

    private static List<Object> without(CollectionModel model, List<Object> ids, Set<EntityId> found) {
        return ids.stream().filter(id -> !found.contains(model.idOf(id))).toList();
    }

    /** The ids that are in use in any room, deleted rows included. Locks nothing. */
    public Set<EntityId> taken(CollectionModel model, SortedSet<EntityId> ids) {
        Set<EntityId> taken = new HashSet<>();
        RowConditions.parts(model.idValues(ids)).forEach(some -> taken.addAll(locks.existing(model, some)));
        return taken;
    }

    /** The current rows in any room, deleted ones included. Locks nothing, and manages no entity. */
    public Map<EntityId, RowImage> images(CollectionModel model, SortedSet<EntityId> ids) {
        Map<EntityId, RowImage> found = new HashMap<>();
        RowConditions.parts(model.idValues(ids))
                .forEach(some ->
                        new ReadableRows(entities, model).byId(some).forEach(image -> found.put(image.id(), image)));
        return found;
    }

    /** The children of rows. */
    public ChildRows children() {
        return new ChildRows(entities);
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
        removed = true;
    }

    private Object locked(CollectionModel model, EntityId id) {
        Object entity = managed.get(new Key(model, id));
        if (entity == null) {
            throw new IllegalStateException("row " + id + " of " + model.name() + " was not locked");
        }
        return entity;
    }

    /**
     * Sends everything that was stored to the database.
     *
     * @throws PersistenceException if the database refuses it. Also if a row that was read still refers to a removed row:
     *     then it has the SQLSTATE of a violated foreign key, and no constraint is named
     */
    public void flush() {
        try {
            entities.flush();
        } catch (IllegalStateException e) {
            // The provider's own refusal of a reference to a removed entity: Jakarta Persistence 3.1, section 3.2.4. It
            // wraps the provider's exception, unlike one of a callback.
            throw removed && e.getCause() != null
                    ? new PersistenceException(
                            new SQLException("a row still refers to a removed row", FOREIGN_KEY_VIOLATION, e))
                    : e;
        }
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
        return live.stream(model, room, wanted, condition);
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
        return live.read(model, rooms, key, rowsMax, reader);
    }

    /** The rooms of live rows. A row whose room column is NULL is left out. Locks nothing. */
    public Map<EntityId, RoomId> rooms(CollectionModel model, Collection<EntityId> ids) {
        return live.rooms(model, ids);
    }

    /** All live rows of a room as managed entities. */
    public List<?> entities(CollectionModel model, String room) {
        return live.entities(model, room);
    }
}
