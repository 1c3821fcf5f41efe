package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that go for good, in an order that foreign keys allow. */
public final class Removals {
    private record Key(CollectionModel model, EntityId id) {
        static Key of(RowImage row) {
            return new Key(row.model(), row.id());
        }
    }

    private final References references;
    private final Map<Key, RowImage> rows = new LinkedHashMap<>();
    private final Map<Key, Integer> children = new HashMap<>();

    private Removals(References references, List<RowImage> removed) {
        this.references = references;
        removed.forEach(row -> rows.put(Key.of(row), row));
        removed.forEach(row -> parents(row).forEach(parent -> children.merge(parent, 1, Integer::sum)));
    }

    /** Children before their parents, each collection's together; as they came where none belongs to another. */
    public static List<RowImage> childrenFirst(References references, List<RowImage> removed) {
        Removals removals = new Removals(references, removed);
        return removals.children.isEmpty() ? removed : removals.inWaves();
    }

    private List<RowImage> inWaves() {
        List<RowImage> order = new ArrayList<>();
        List<RowImage> wave = rows.values().stream()
                .filter(row -> !children.containsKey(Key.of(row)))
                .toList();
        while (!wave.isEmpty()) {
            wave.forEach(row -> rows.remove(Key.of(row)));
            order.addAll(byCollection(wave));
            wave = above(wave);
        }
        order.addAll(rows.values()); // they belong to each other in a circle
        return order;
    }

    /** Those that have no children left. */
    private List<RowImage> above(List<RowImage> wave) {
        List<RowImage> next = new ArrayList<>();
        for (RowImage row : wave) {
            for (Key parent : parents(row)) {
                RowImage free = children.merge(parent, -1, Integer::sum) == 0 ? rows.get(parent) : null;
                if (free != null) {
                    next.add(free);
                }
            }
        }
        return next;
    }

    /** The rows that it belongs to and that go as well. */
    private List<Key> parents(RowImage row) {
        List<Key> parents = new ArrayList<>();
        for (Reference reference : references.of(row.model())) {
            reference
                    .parentOf(row)
                    .map(id -> new Key(reference.parent(), id))
                    .filter(parent -> rows.containsKey(parent) && !parent.equals(Key.of(row)))
                    .ifPresent(parents::add);
        }
        return parents;
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
