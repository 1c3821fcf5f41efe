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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows that a group touches, as its mutations leave them one after another. Only what is left at the end is
 * written: a row that ten mutations change is updated once. Belongs to one transaction.
 */
final class BatchRows {
    private record Key(CollectionModel model, EntityId id) {}

    private final RowRepository stored;
    private final Map<Key, RowImage> before = new LinkedHashMap<>();
    private final Set<Key> blocked = new HashSet<>();
    private final Set<Key> taken = new HashSet<>();
    private final Map<Key, Long> heldSince = new HashMap<>();
    private final Map<Key, Optional<RowImage>> kept = new LinkedHashMap<>();
    private final Map<Key, Optional<RowImage>> ofMutation = new LinkedHashMap<>();
    private References references = References.NONE;
    private CascadeLookup cascades;
    private int lockedLate;
    private boolean mutationLocksLate;

    BatchRows(RowRepository stored) {
        this.stored = stored;
        this.cascades = new CascadeLookup(stored, References.NONE);
    }

    /**
     * Locks and reads every row that the mutations change, or that goes with those that they delete: two queries a
     * collection at most, and one more for each level of what belongs to the deleted. Of new rows it is only looked whether
     * their ids are taken, in one query a collection.
     *
     * @param onTrust whether it is taken for granted that they are not: a row that has the id is in the way of the
     *     insert. Not so with a delete in the group: what goes with another row may never be inserted
     */
    void lock(List<QueuedMutation> batch, boolean onTrust) {
        Map<CollectionModel, SortedSet<EntityId>> ids = new LinkedHashMap<>();
        Map<CollectionModel, SortedSet<EntityId>> added = new LinkedHashMap<>();
        boolean deletes = false;
        for (QueuedMutation queued : batch) {
            for (PreparedChange change : queued.changes()) {
                var named = change instanceof PreparedChange.Insert ? added : ids;
                change.row().ifPresent(id -> add(change.model(), id, named));
                switch (change) {
                    case PreparedChange.Insert insert -> references = insert.references();
                    case PreparedChange.Update update -> {}
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
        cascades.lookUpDescendants(parents(batch)).forEach(row -> add(row.model(), row.id(), ids));
        lock(ids);
        if (onTrust && !deletes) {
            return;
        }
        added.forEach((model, some) -> {
            some.removeAll(ids.getOrDefault(model, new TreeSet<>()));
            stored.taken(model, some).forEach(id -> taken.add(new Key(model, id)));
        });
    }

    /** The rows whose children may go, in the rooms that are locked for it. */
    private Set<Parent> parents(List<QueuedMutation> batch) {
        Set<Parent> parents = new LinkedHashSet<>();
        for (QueuedMutation queued : batch) {
            for (PreparedChange change : queued.changes()) {
                if (change instanceof PreparedChange.Delete || moves(change)) {
                    CollectionModel model = change.model();
                    Set<RoomId> rooms = change.rooms(queued.mutation().room());
                    change.row().ifPresent(id -> rooms.forEach(room -> parents.add(new Parent(model, id, room))));
                }
            }
        }
        return parents;
    }

    private static void add(CollectionModel model, EntityId id, Map<CollectionModel, SortedSet<EntityId>> ids) {
        ids.computeIfAbsent(model, first -> new TreeSet<>()).add(id);
    }

    /**
     * Whether the row of the change may come to belong to another, also by coming to its room, and so its children go with
     * that one.
     */
    private boolean moves(PreparedChange change) {
        return switch (change) {
            case PreparedChange.Insert insert -> insert.row().isPresent();
            case PreparedChange.Update update ->
                cascades.references().of(update.model()).stream()
                        .anyMatch(reference ->
                                update.target().isPresent() || update.values().get(reference.field()) != null);
            case PreparedChange.Archive archive -> false;
            case PreparedChange.Delete delete -> false;
        };
    }

    private void lock(Map<CollectionModel, SortedSet<EntityId>> ids) {
        // Collections in one order, for all groups of all nodes: two of them never wait for each other in a circle.
        List<CollectionModel> models = new ArrayList<>(ids.keySet());
        models.sort((a, b) -> a.entity().getName().compareTo(b.entity().getName()));
        for (CollectionModel model : models) {
            RowRepository.Locked locked = stored.lock(model, ids.getOrDefault(model, new TreeSet<>()));
            locked.rows().forEach((id, image) -> before.put(new Key(model, id), image));
            locked.blocked().forEach(id -> blocked.add(new Key(model, id)));
        }
    }

    /** Whether another transaction holds a row of the mutation, or one that came earlier waits for the same row. */
    boolean isBlocked(List<PreparedChange> changes, long queuedAtNanos) {
        return changes.stream()
                .flatMap(change -> key(change).stream())
                .anyMatch(key -> blocked.contains(key) || isBehind(key, queuedAtNanos));
    }

    private boolean isBehind(Key key, long queuedAtNanos) {
        Long since = heldSince.get(key);
        return since != null && since - queuedAtNanos <= 0;
    }

    /** Nobody who comes later than a mutation that waits may touch its rows before it. */
    void block(List<PreparedChange> changes, long queuedAtNanos) {
        changes.forEach(
                change -> key(change).ifPresent(key -> heldSince.merge(key, queuedAtNanos, BatchRows::earlier)));
    }

    static long earlier(long nanos, long otherNanos) {
        return nanos - otherNanos < 0 ? nanos : otherNanos;
    }

    private static Optional<Key> key(PreparedChange change) {
        return change.row().map(id -> new Key(change.model(), id));
    }

    Optional<RowImage> find(CollectionModel model, EntityId id) {
        Key key = new Key(model, id);
        Optional<RowImage> found = ofMutation.get(key);
        if (found == null) {
            found = kept.get(key);
        }
        return found == null ? Optional.ofNullable(before.get(key)) : found;
    }

    /** The row as it is stored, if it was locked. */
    Optional<RowImage> before(CollectionModel model, EntityId id) {
        return Optional.ofNullable(before.get(new Key(model, id)));
    }

    /** Whether an id is in use, if only by a row that was deleted softly. */
    boolean isTaken(CollectionModel model, EntityId id) {
        Key key = new Key(model, id);
        Optional<RowImage> found = ofMutation.getOrDefault(key, kept.get(key));
        return found == null ? before.containsKey(key) || taken.contains(key) : found.isPresent();
    }

    void put(RowImage image) {
        ofMutation.put(new Key(image.model(), image.id()), Optional.of(image));
        cascades.rowMoved(image);
    }

    /** What came of looking for the children of rows. */
    sealed interface Children {
        /** These are alive, and in the rooms of their parents. */
        record Found(Collection<RowImage> rows) implements Children {}

        /** Another transaction holds one of them, somebody waits for it, or the group has all the rows that it can have. */
        record Blocked() implements Children {}

        /** There are more of them than a mutation may change. */
        record TooMany() implements Children {}
    }

    /** The children of rows, as the group has left them so far, for a mutation of which this is the time. */
    Children children(Collection<RowImage> parents, long queuedAtNanos) {
        List<Parent> asked = parents.stream().map(Parent::of).toList();
        if (!cascades.isKnown(asked)) {
            if (!mutationLocksLate && lockedLate >= Mutation.CHANGES_MAX) {
                return new Children.Blocked();
            }
            mutationLocksLate = true;
            Set<Parent> found = cascades.lookUp(asked);
            if (!cascades.isKnown(asked)) {
                return new Children.TooMany();
            }
            lockedLate += found.size();
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
                    boolean isHeld = blocked.contains(key) || isBehind(key, queuedAtNanos);
                    if (isHeld && (belongs || !isKnown(key))) {
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
        return before.containsKey(key) || kept.containsKey(key) || ofMutation.containsKey(key);
    }

    /** Deletes softly where the collection does, else for good. */
    void delete(RowImage image, Instant stamp) {
        ofMutation.put(
                new Key(image.model(), image.id()),
                image.model().deletesSoftly() ? Optional.of(image.deleted(stamp)) : Optional.empty());
    }

    /** What the mutation did, stays. */
    void keepMutation() {
        kept.putAll(ofMutation);
        forgetMutation();
    }

    /** What the mutation did, did not happen. */
    void forgetMutation() {
        ofMutation.clear();
        mutationLocksLate = false;
    }

    /**
     * Whether a mutation with these changes has to wait until what the mutations before it did is stored: their form of
     * a row is not the one that the database gives back.
     */
    boolean needsStored(List<PreparedChange> changes) {
        return changes.stream()
                .anyMatch(change -> change instanceof PreparedChange.Delete
                        ? kept.keySet().stream().anyMatch(BatchRows::isReadBack) // also of what goes with it
                        : key(change)
                                .filter(BatchRows::isReadBack)
                                .filter(kept::containsKey)
                                .isPresent());
    }

    private static boolean isReadBack(Key key) {
        return key.model().storage().readsBack();
    }

    /**
     * Sends what the mutations left to the database; from then on it counts as read. Rows that may be stored otherwise
     * than they were written are read back, in one query a collection.
     */
    StoredRows store() {
        order().send();
        return stored();
    }

    /** The same in an order that every key of the tables allows. */
    StoredRows storeInSteps(Connection connection, ConstraintCatalog catalog) throws SQLException {
        writeInSteps(connection, catalog);
        return stored();
    }

    /** The same for a try that nobody is told of. */
    void writeInSteps(Connection connection, ConstraintCatalog catalog) throws SQLException {
        order().sendInSteps(connection, catalog);
    }

    private StoredRows stored() {
        StoredRows readBack = new StoredRows();
        readBack().forEach((key, found) -> {
            readBack.add(
                    before.get(key), kept.getOrDefault(key, Optional.empty()).orElseThrow(), found);
            kept.put(key, found);
            if (found.isEmpty()) {
                taken.add(key);
            }
        });
        kept.forEach((key, image) -> image.ifPresentOrElse(row -> before.put(key, row), () -> before.remove(key)));
        kept.clear();
        return readBack;
    }

    private Map<Key, Optional<RowImage>> readBack() {
        Map<CollectionModel, SortedSet<EntityId>> ids = new LinkedHashMap<>();
        kept.forEach((key, image) -> {
            if (image.isPresent() && isReadBack(key)) {
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
        kept.forEach((key, image) -> {
            RowImage was = before.get(key);
            if (image.isPresent() && was != null) {
                order.update(was, image.get());
            } else if (image.isPresent()) {
                order.insert(image.get());
            } else if (was != null) {
                order.remove(was);
            }
        });
        return order;
    }
}
