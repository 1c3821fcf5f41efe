package dev.lockstep.mutation;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.Rows;
import java.time.Instant;
import java.util.ArrayList;
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
 * The rows that a group touches, as its mutations leave them one after another. Only what is left at the end is
 * written: a row that ten mutations change is updated once. Belongs to one transaction.
 */
final class GroupRows {
    private record Key(CollectionModel model, EntityId id) {}

    private final Rows stored;
    private final Map<Key, RowImage> before = new LinkedHashMap<>();
    private final Set<Key> held = new HashSet<>();
    private final Map<Key, Long> heldSince = new HashMap<>();
    private final Map<Key, Optional<RowImage>> kept = new LinkedHashMap<>();
    private final Map<Key, Optional<RowImage>> ofMutation = new LinkedHashMap<>();

    GroupRows(Rows stored) {
        this.stored = stored;
    }

    /** Locks and reads every row that the changes name: two queries a collection at most. */
    void lock(List<PreparedChange> changes) {
        Map<CollectionModel, SortedSet<EntityId>> ids = new LinkedHashMap<>();
        for (PreparedChange change : changes) {
            change.row()
                    .ifPresent(id -> ids.computeIfAbsent(change.model(), model -> new TreeSet<>())
                            .add(id));
        }
        // Collections in one order, for all groups of all nodes: two of them never wait for each other in a circle.
        List<CollectionModel> models = new ArrayList<>(ids.keySet());
        models.sort((a, b) -> a.entity().getName().compareTo(b.entity().getName()));
        for (CollectionModel model : models) {
            Rows.Locked locked = stored.lock(model, ids.getOrDefault(model, new TreeSet<>()));
            locked.rows().forEach((id, image) -> before.put(new Key(model, id), image));
            locked.held().forEach(id -> held.add(new Key(model, id)));
        }
    }

    /** Whether another transaction holds a row of the mutation, or one that came earlier waits for the same row. */
    boolean isHeld(List<PreparedChange> changes, long queuedAtNanos) {
        return changes.stream()
                .flatMap(change -> key(change).stream())
                .anyMatch(key -> held.contains(key) || isBehind(key, queuedAtNanos));
    }

    private boolean isBehind(Key key, long queuedAtNanos) {
        Long since = heldSince.get(key);
        return since != null && since - queuedAtNanos <= 0;
    }

    /** Nobody who comes later than a mutation that waits may touch its rows before it. */
    void hold(List<PreparedChange> changes, long queuedAtNanos) {
        changes.forEach(
                change -> key(change).ifPresent(key -> heldSince.merge(key, queuedAtNanos, GroupRows::earlier)));
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

    void put(RowImage image) {
        ofMutation.put(new Key(image.model(), image.id()), Optional.of(image));
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
        ofMutation.clear();
    }

    /** What the mutation did, did not happen. */
    void forgetMutation() {
        ofMutation.clear();
    }

    /** Sends what is left at the end to the database. */
    void write() {
        kept.forEach((key, image) -> {
            boolean existed = before.containsKey(key);
            if (image.isPresent() && existed) {
                stored.update(image.get());
            } else if (image.isPresent()) {
                stored.insert(image.get());
            } else if (existed) {
                stored.remove(key.model(), key.id());
            }
        });
        stored.flush();
    }
}
