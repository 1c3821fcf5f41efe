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

/** An order for deleting rows that foreign keys allow. Immutable. */
public final class DeleteOrder {
    private record Key(CollectionModel model, EntityId id) {
        static Key of(RowImage row) {
            return new Key(row.model(), row.id());
        }
    }

    private final References references;
    private final Map<Key, RowImage> removed = new LinkedHashMap<>();
    private final Map<Key, RowImage> unlinked = new LinkedHashMap<>();
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

    /** Children before their parents, each collection's rows together; the original order if there are no references. */
    public List<RowImage> childrenFirst() {
        return childrenFirst;
    }

    /**
     * The rows of a reference cycle, without the references that form it: they must be stored before any row of the cycle
     * is deleted. A row whose reference is required is not included; a foreign key refuses its delete.
     */
    public List<RowImage> withoutCycles() {
        return List.copyOf(unlinked.values());
    }

    /** The rows that cannot be deleted before these rows, their children so far, have changed. */
    public Set<RowImage> referencedBy(List<RowImage> changed) {
        Set<Key> referenced = new HashSet<>();
        changed.forEach(row -> referenced.addAll(parents(row)));
        Set<RowImage> waiting = new HashSet<>();
        for (RowImage row : childrenFirst) {
            if (referenced.contains(Key.of(row))) {
                waiting.add(row);
                referenced.addAll(parents(row));
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
        Map<Key, RowImage> remaining = new LinkedHashMap<>(removed);
        List<RowImage> order = inWaves(remaining, children);
        remaining.values().forEach(row -> unlink(row, remaining.keySet(), children));
        order.addAll(inWaves(remaining, children));
        order.addAll(remaining.values()); // a cycle of required references
        return order;
    }

    /** Takes the rows without remaining children, then their parents, and so on. */
    private List<RowImage> inWaves(Map<Key, RowImage> remaining, Map<Key, Integer> children) {
        List<RowImage> order = new ArrayList<>();
        List<RowImage> wave = remaining.values().stream()
                .filter(row -> children.getOrDefault(Key.of(row), 0) == 0)
                .toList();
        while (!wave.isEmpty()) {
            wave.forEach(row -> remaining.remove(Key.of(row)));
            order.addAll(byCollection(wave));
            wave = nextWave(wave, remaining, children);
        }
        return order;
    }

    private List<RowImage> nextWave(List<RowImage> wave, Map<Key, RowImage> remaining, Map<Key, Integer> children) {
        List<RowImage> next = new ArrayList<>();
        for (RowImage row : wave) {
            for (Key parent : parents(unlinked.getOrDefault(Key.of(row), row))) {
                RowImage childless = children.merge(parent, -1, Integer::sum) == 0 ? remaining.get(parent) : null;
                if (childless != null) {
                    next.add(childless);
                }
            }
        }
        return next;
    }

    private void unlink(RowImage row, Set<Key> remaining, Map<Key, Integer> children) {
        RowImage without = row;
        for (Reference reference : references.namedBy(row.model())) {
            Optional<Key> parent = parent(reference, row).filter(remaining::contains);
            if (parent.isPresent()
                    && !reference.field().isRequired()
                    && !row.model().deletesSoftly()) {
                without = without.without(reference.field());
                children.merge(parent.get(), -1, Integer::sum);
            }
        }
        if (without != row) {
            unlinked.put(Key.of(row), without);
        }
    }

    /** The parents of a row that are deleted, too. */
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

    // Statements are sent in batches, and each change of table ends a batch.
    private static List<RowImage> byCollection(List<RowImage> wave) {
        Map<CollectionModel, List<RowImage>> collections = new LinkedHashMap<>();
        wave.forEach(row -> collections
                .computeIfAbsent(row.model(), first -> new ArrayList<>())
                .add(row));
        return collections.values().stream().flatMap(List::stream).toList();
    }
}
