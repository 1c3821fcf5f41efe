package dev.lockstep.collection.write;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows that go, in an order that foreign keys allow. Immutable. */
public final class DeleteOrder {
    private record Key(CollectionModel model, EntityId id) {
        static Key of(RowImage row) {
            return new Key(row.model(), row.id());
        }
    }

    private final References references;
    private final Map<Key, RowImage> removed = new LinkedHashMap<>();
    private final Map<Key, RowImage> loosened = new LinkedHashMap<>();
    private final List<RowImage> childrenFirst;

    private DeleteOrder(References references, List<RowImage> rows) {
        this.references = references;
        rows.forEach(row -> removed.put(Key.of(row), row));
        childrenFirst = inOrder(rows);
    }

    /** The order of these rows. */
    public static DeleteOrder of(References references, List<RowImage> rows) {
        return new DeleteOrder(references, rows);
    }

    /** Children before their parents, each collection's together; as they came where none belongs to another. */
    public List<RowImage> childrenFirst() {
        return childrenFirst;
    }

    /**
     * Rows that belong to each other in a circle, without what holds them there: as such they have to be stored before
     * any of them goes for good. One whose reference is required is not among them: a foreign key refuses it.
     */
    public List<RowImage> withoutCycles() {
        return List.copyOf(loosened.values());
    }

    /** The rows that cannot go before these have changed, which belong to them so far. */
    public Set<RowImage> referencedBy(List<RowImage> changed) {
        Set<Key> held = new HashSet<>();
        changed.forEach(row -> held.addAll(parents(row)));
        Set<RowImage> waiting = new HashSet<>();
        for (RowImage row : childrenFirst) {
            if (held.contains(Key.of(row))) {
                waiting.add(row);
                held.addAll(parents(row));
            }
        }
        return waiting;
    }

    private List<RowImage> inOrder(List<RowImage> rows) {
        Map<Key, Integer> children = new HashMap<>();
        rows.forEach(row -> parents(row).forEach(parent -> children.merge(parent, 1, Integer::sum)));
        if (children.isEmpty()) {
            return rows;
        }
        Map<Key, RowImage> left = new LinkedHashMap<>(removed);
        List<RowImage> order = inWaves(left, children);
        left.values().forEach(row -> loosen(row, left.keySet(), children));
        order.addAll(inWaves(left, children));
        order.addAll(left.values()); // required references hold them in a circle
        return order;
    }

    /** Takes those that have no children left, and then those above them. */
    private List<RowImage> inWaves(Map<Key, RowImage> left, Map<Key, Integer> children) {
        List<RowImage> order = new ArrayList<>();
        List<RowImage> wave = left.values().stream()
                .filter(row -> children.getOrDefault(Key.of(row), 0) == 0)
                .toList();
        while (!wave.isEmpty()) {
            wave.forEach(row -> left.remove(Key.of(row)));
            order.addAll(byCollection(wave));
            wave = above(wave, left, children);
        }
        return order;
    }

    private List<RowImage> above(List<RowImage> wave, Map<Key, RowImage> left, Map<Key, Integer> children) {
        List<RowImage> next = new ArrayList<>();
        for (RowImage row : wave) {
            for (Key parent : parents(loosened.getOrDefault(Key.of(row), row))) {
                RowImage free = children.merge(parent, -1, Integer::sum) == 0 ? left.get(parent) : null;
                if (free != null) {
                    next.add(free);
                }
            }
        }
        return next;
    }

    private void loosen(RowImage row, Set<Key> left, Map<Key, Integer> children) {
        RowImage loose = row;
        for (Reference reference : references.namedBy(row.model())) {
            Optional<Key> parent = parent(reference, row).filter(left::contains);
            if (parent.isPresent()
                    && !reference.field().isRequired()
                    && !row.model().deletesSoftly()) {
                loose = loose.without(reference.field());
                children.merge(parent.get(), -1, Integer::sum);
            }
        }
        if (loose != row) {
            loosened.put(Key.of(row), loose);
        }
    }

    /** The rows that it belongs to and that go as well. */
    private List<Key> parents(RowImage row) {
        return references.namedBy(row.model()).stream()
                .flatMap(reference -> parent(reference, row).stream())
                .toList();
    }

    private Optional<Key> parent(Reference reference, RowImage row) {
        return reference
                .parentOf(row)
                .map(id -> new Key(reference.parent(), id))
                .filter(parent -> removed.containsKey(parent) && !parent.equals(Key.of(row)));
    }

    // The database takes statements in batches, and each change of table ends one.
    private static List<RowImage> byCollection(List<RowImage> wave) {
        Map<CollectionModel, List<RowImage>> collections = new LinkedHashMap<>();
        wave.forEach(row -> collections
                .computeIfAbsent(row.model(), first -> new ArrayList<>())
                .add(row));
        return collections.values().stream().flatMap(List::stream).toList();
    }
}
