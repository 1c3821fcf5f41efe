package dev.lockstep.mutation.batch;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.catalog.ConstraintCatalog;
import dev.lockstep.collection.row.Parent;
import dev.lockstep.collection.row.ReferencedRows;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.mutation.PreparedChange;
import dev.lockstep.mutation.QueuedMutation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows that a batch touches, in the state after each of its mutations. Only the final state is written: a row that
 * ten mutations change is updated once. Belongs to one transaction.
 */
final class BatchRows {
    record Key(CollectionModel model, EntityId id) {}

    private final RowRepository stored;
    private final ReferencedRows referenced;
    private final Map<Key, RowImage> before = new LinkedHashMap<>();
    private final BlockedRows blocked = new BlockedRows();
    private final Set<Key> taken = new HashSet<>();
    private final Map<Key, Optional<RowImage>> kept = new LinkedHashMap<>();
    private final Map<Key, Optional<RowImage>> ofCurrentMutation = new LinkedHashMap<>();
    private References references = References.NONE;
    private CascadeLookup cascades;
    private int rowsLockedLate;
    private boolean currentLocksLate;

    BatchRows(RowRepository stored) {
        this.stored = stored;
        this.cascades = new CascadeLookup(stored, References.NONE);
        this.referenced = new ReferencedRows(stored);
    }

    /**
     * Locks and reads every row that the mutations change or that cascades from their deletes: at most two queries per
     * collection, and one more per level of cascades. For new rows it only checks whether their ids are taken, in one query
     * per collection.
     *
     * @param optimistic whether it assumes that they are not: a taken id fails the insert. This does not hold for a batch
     *     with a delete, whose cascades may remove a new row before it is inserted
     */
    void lock(List<QueuedMutation> batch, boolean optimistic) {
        Map<CollectionModel, SortedSet<EntityId>> ids = new LinkedHashMap<>();
        Map<CollectionModel, SortedSet<EntityId>> newIds = new LinkedHashMap<>();
        boolean deletes = false;
        for (QueuedMutation queued : batch) {
            for (PreparedChange change : queued.changes()) {
                var named = change instanceof PreparedChange.Insert ? newIds : ids;
                change.row().ifPresent(id -> add(change.model(), id, named));
                switch (change) {
                    case PreparedChange.Insert insert -> references = insert.references();
                    case PreparedChange.Update update -> references = update.references();
                    case PreparedChange.Archive archive -> {}
                    case PreparedChange.Delete delete -> {
                        references = delete.references();
                        deletes = true;
                    }
                }
            }
        }
        if (deletes) {
            cascades = new CascadeLookup(stored, references);
        }
        cascades.lookUpDescendants(cascades.parents(batch)).forEach(row -> add(row.model(), row.id(), ids));
        lock(ids);
        readReferenced(batch);
        if (optimistic && !deletes) {
            return;
        }
        newIds.forEach((model, some) -> {
            some.removeAll(ids.getOrDefault(model, new TreeSet<>()));
            stored.taken(model, some).forEach(id -> taken.add(new Key(model, id)));
        });
    }

    private static void add(CollectionModel model, EntityId id, Map<CollectionModel, SortedSet<EntityId>> ids) {
        ids.computeIfAbsent(model, first -> new TreeSet<>()).add(id);
    }

    private void lock(Map<CollectionModel, SortedSet<EntityId>> ids) {
        // All batches of all nodes lock collections in one order, which excludes deadlocks.
        List<CollectionModel> models = new ArrayList<>(ids.keySet());
        models.sort((a, b) -> a.entity().getName().compareTo(b.entity().getName()));
        for (CollectionModel model : models) {
            RowRepository.Locked locked = stored.lock(model, ids.getOrDefault(model, new TreeSet<>()));
            locked.rows().forEach((id, image) -> before.put(new Key(model, id), image));
            locked.blocked().forEach(id -> blocked.addLocked(new Key(model, id)));
        }
    }

    /** Whether a row of the changes is blocked for a mutation that was queued at this time. */
    boolean isBlocked(List<PreparedChange> changes, long queuedAtNanos) {
        return blocked.contains(changes, queuedAtNanos);
    }

    /** Blocks the rows of a waiting mutation for all that were queued later. */
    void block(List<PreparedChange> changes, long queuedAtNanos) {
        blocked.addWaiting(changes, queuedAtNanos);
    }

    /** Reads the rows to which new values refer. */
    private void readReferenced(List<QueuedMutation> batch) {
        for (QueuedMutation queued : batch) {
            RoomId room = queued.mutation().room();
            for (PreparedChange change : queued.changes()) {
                for (Reference reference : references.namedBy(change.model())) {
                    if (reference.isRelation()) {
                        value(change, reference, change.model().roomOf(room))
                                .ifPresent(value -> referenced.want(reference, value));
                    }
                }
            }
        }
        referenced.read();
    }

    /** The value that a change gives a field; the name of the room, for a room column. */
    private static Optional<Object> value(PreparedChange change, Reference reference, RoomId room) {
        boolean isRoom = reference.field().isRoom();
        return switch (change) {
            case PreparedChange.Insert insert ->
                isRoom
                        ? Optional.of(room.name())
                        : Optional.ofNullable(insert.image().get(reference.field()));
            case PreparedChange.Update update ->
                isRoom
                        ? update.target().map(RoomId::name)
                        : Optional.ofNullable(update.values().get(reference.field()));
            case PreparedChange.Archive archive -> Optional.empty();
            case PreparedChange.Delete delete -> Optional.empty();
        };
    }

    /** Whether a value refers to a row that exists, in a room that is visible from this one. */
    boolean refers(Reference reference, Object value, RoomId room) {
        return reference
                .parent()
                .possibleId(value)
                .flatMap(id -> isKnown(new Key(reference.parent(), id))
                        ? find(reference.parent(), id)
                        : referenced.find(reference.parent(), id))
                .filter(parent -> reference.accepts(parent, room))
                .isPresent();
    }

    private static Optional<Key> key(PreparedChange change) {
        return change.row().map(id -> new Key(change.model(), id));
    }

    Optional<RowImage> find(CollectionModel model, EntityId id) {
        Key key = new Key(model, id);
        Optional<RowImage> found = ofCurrentMutation.get(key);
        if (found == null) {
            found = kept.get(key);
        }
        return found == null ? Optional.ofNullable(before.get(key)) : found;
    }

    /** The stored row, if it was locked. */
    Optional<RowImage> before(CollectionModel model, EntityId id) {
        return Optional.ofNullable(before.get(new Key(model, id)));
    }

    /** Whether an id is in use, be it by a softly deleted row. */
    boolean isTaken(CollectionModel model, EntityId id) {
        Key key = new Key(model, id);
        Optional<RowImage> found = ofCurrentMutation.getOrDefault(key, kept.get(key));
        return found == null ? before.containsKey(key) || taken.contains(key) : found.isPresent();
    }

    void put(RowImage image) {
        ofCurrentMutation.put(new Key(image.model(), image.id()), Optional.of(image));
        cascades.rowMoved(image);
    }

    /** The result of looking up the children of rows. */
    sealed interface Children {
        /** Children that are not deleted and are in the rooms of their parents. */
        record Found(Collection<RowImage> rows) implements Children {}

        /** One of them is blocked, or the batch has locked the most rows that it may. */
        record Blocked() implements Children {}

        /** There are more children than a mutation may change. */
        record TooMany() implements Children {}
    }

    /** The children of rows after the batch's mutations so far, for a mutation that was queued at this time. */
    Children children(Collection<RowImage> parents, long queuedAtNanos) {
        List<Parent> wanted = parents.stream().map(Parent::of).toList();
        if (!cascades.isKnown(wanted)) {
            if (!currentLocksLate && rowsLockedLate >= Mutation.CHANGES_MAX) {
                return new Children.Blocked();
            }
            currentLocksLate = true;
            Set<Parent> found = cascades.lookUp(wanted);
            if (!cascades.isKnown(wanted)) {
                return new Children.TooMany();
            }
            rowsLockedLate += found.size();
            Map<CollectionModel, SortedSet<EntityId>> ids = new LinkedHashMap<>();
            found.forEach(row -> add(row.model(), row.id(), ids));
            lock(ids);
        }
        return knownChildren(parents, queuedAtNanos);
    }

    private Children knownChildren(Collection<RowImage> parents, long queuedAtNanos) {
        Map<Key, RowImage> children = new LinkedHashMap<>();
        for (RowImage parent : parents) {
            for (Reference reference : cascades.references().to(parent.model())) {
                for (EntityId id : cascades.children(reference, Parent.of(parent))) {
                    Key key = new Key(reference.child(), id);
                    Optional<RowImage> row = find(reference.child(), id);
                    boolean belongs = row.filter(child -> !child.isDeleted()
                                    && child.room().equals(parent.room())
                                    && reference.parentOf(child).equals(Optional.of(parent.id())))
                            .isPresent();
                    boolean isBlocked = blocked.contains(key, queuedAtNanos);
                    if (isBlocked && (belongs || !isKnown(key))) {
                        return new Children.Blocked();
                    }
                    if (belongs) {
                        children.put(key, row.orElseThrow());
                    }
                }
            }
        }
        return new Children.Found(children.values());
    }

    private boolean isKnown(Key key) {
        return before.containsKey(key) || kept.containsKey(key) || ofCurrentMutation.containsKey(key);
    }

    /** Deletes the row: softly if its collection does, else physically. */
    void delete(RowImage image, Instant stamp) {
        ofCurrentMutation.put(
                new Key(image.model(), image.id()),
                image.model().deletesSoftly() ? Optional.of(image.deleted(stamp)) : Optional.empty());
    }

    /** Keeps the changes of the current mutation. */
    void keepMutation() {
        kept.putAll(ofCurrentMutation);
        discardMutation();
    }

    /** Discards the changes of the current mutation. */
    void discardMutation() {
        ofCurrentMutation.clear();
        currentLocksLate = false;
    }

    /**
     * Whether the rows of the preceding mutations must be stored before a mutation with these changes is evaluated, because
     * the database may return other values than were written.
     */
    boolean needsStored(List<PreparedChange> changes) {
        return changes.stream()
                .anyMatch(change -> change instanceof PreparedChange.Delete
                        ? kept.keySet().stream().anyMatch(BatchRows::isReadBack) // also rows that cascade
                        : key(change)
                                .filter(BatchRows::isReadBack)
                                .filter(kept::containsKey)
                                .isPresent());
    }

    /** Whether the database may return other values, or an id that it has made. */
    private static boolean isReadBack(Key key) {
        return key.model().storage().readsBack() || key.model().generatesIds();
    }

    /**
     * Writes the kept rows; from then on they count as read, with the ids that the database has made. Rows for which the
     * database may store other values are read back, in one query per collection.
     */
    StoredRows store() {
        order().send();
        return stored();
    }

    /** The same, in an order that every key of the tables allows. */
    StoredRows storeInSteps(Connection connection, ConstraintCatalog catalog) throws SQLException {
        writeInSteps(connection, catalog);
        return stored();
    }

    /** Writes the kept rows in steps and reads nothing back, for a trial that is rolled back. */
    void writeInSteps(Connection connection, ConstraintCatalog catalog) throws SQLException {
        order().sendInSteps(connection, catalog);
    }

    private StoredRows stored() {
        StoredRows readBack = new StoredRows();
        Map<Key, EntityId> preliminary = identify();
        Map<Key, Optional<RowImage>> changed = readBack();
        preliminary.keySet().forEach(key -> changed.computeIfAbsent(key, kept::get));
        changed.forEach((key, found) -> {
            RowImage written = kept.getOrDefault(key, Optional.empty()).orElseThrow();
            readBack.add(preliminary.getOrDefault(key, key.id()), before.get(key), written, found);
            kept.put(key, found);
            if (found.isEmpty()) {
                taken.add(key);
            }
        });
        kept.forEach((key, image) -> image.ifPresentOrElse(row -> before.put(key, row), () -> {
            before.remove(key);
            referenced.forget(key.model(), key.id());
        }));
        kept.clear();
        return readBack;
    }

    /** Gives new rows the ids that the database has made; returns their preliminary ids by the new keys. */
    private Map<Key, EntityId> identify() {
        Map<Key, EntityId> preliminary = new LinkedHashMap<>();
        for (Map.Entry<Key, Optional<RowImage>> row : List.copyOf(kept.entrySet())) {
            Key key = row.getKey();
            row.getValue().filter(RowImage::isPending).ifPresent(image -> {
                EntityId made = stored.madeFor(key.model(), key.id());
                kept.remove(key);
                kept.put(new Key(key.model(), made), Optional.of(image.identified(made)));
                preliminary.put(new Key(key.model(), made), key.id());
            });
        }
        return preliminary;
    }

    private Map<Key, Optional<RowImage>> readBack() {
        Map<CollectionModel, SortedSet<EntityId>> ids = new LinkedHashMap<>();
        kept.forEach((key, image) -> {
            if (image.isPresent() && key.model().storage().readsBack()) {
                add(key.model(), key.id(), ids);
            }
        });
        Map<Key, Optional<RowImage>> found = new HashMap<>();
        ids.forEach((model, some) -> {
            Map<EntityId, RowImage> images = stored.images(model, some);
            some.forEach(id -> found.put(new Key(model, id), Optional.ofNullable(images.get(id))));
        });
        return found;
    }

    private WriteOrder order() {
        WriteOrder order = new WriteOrder(stored, references);
        kept.forEach((key, image) -> order.add(before.get(key), image));
        return order;
    }
}
