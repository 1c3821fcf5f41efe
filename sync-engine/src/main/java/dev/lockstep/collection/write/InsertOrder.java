package dev.lockstep.collection.write;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An order for inserting rows that foreign keys allow. */
public final class InsertOrder {
    private InsertOrder() {}

    /**
     * Parents before their children, collection by collection. The rows of a level refer to no collection of the same or a
     * later level, except for collections in a reference cycle. One level if there are no references.
     */
    public static List<List<RowImage>> parentsFirst(References references, List<RowImage> inserted) {
        Map<CollectionModel, List<RowImage>> remaining = new LinkedHashMap<>();
        inserted.forEach(row -> remaining
                .computeIfAbsent(row.model(), first -> new ArrayList<>())
                .add(row));
        List<List<RowImage>> levels = new ArrayList<>();
        while (!remaining.isEmpty()) {
            Map<CollectionModel, List<RowImage>> level = nextLevel(references, remaining);
            levels.add(level.values().stream().flatMap(List::stream).toList());
            remaining.keySet().removeAll(level.keySet());
        }
        return levels;
    }

    /** The collections that refer to none of the others; all, if each does. */
    private static Map<CollectionModel, List<RowImage>> nextLevel(
            References references, Map<CollectionModel, List<RowImage>> remaining) {
        Map<CollectionModel, List<RowImage>> free = new LinkedHashMap<>(remaining);
        free.keySet()
                .removeIf(model -> references.namedBy(model).stream()
                        .map(Reference::parent)
                        .anyMatch(parent -> !parent.equals(model) && remaining.containsKey(parent)));
        return free.isEmpty() ? new LinkedHashMap<>(remaining) : free;
    }
}
