package dev.lockstep.collection.write;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** New rows, in an order that foreign keys allow. */
public final class InsertOrder {
    private InsertOrder() {}

    /**
     * Parents before their children, collection by collection: the rows of a level belong to none of the same level or a
     * later one, but for collections that belong to each other in a circle. One level, if none belongs to another.
     */
    public static List<List<RowImage>> parentsFirst(References references, List<RowImage> inserted) {
        Map<CollectionModel, List<RowImage>> left = new LinkedHashMap<>();
        inserted.forEach(row ->
                left.computeIfAbsent(row.model(), first -> new ArrayList<>()).add(row));
        List<List<RowImage>> levels = new ArrayList<>();
        while (!left.isEmpty()) {
            Map<CollectionModel, List<RowImage>> level = next(references, left);
            levels.add(level.values().stream().flatMap(List::stream).toList());
            left.keySet().removeAll(level.keySet());
        }
        return levels;
    }

    /** Those that belong to none of the others; all, if each does. */
    private static Map<CollectionModel, List<RowImage>> next(
            References references, Map<CollectionModel, List<RowImage>> left) {
        Map<CollectionModel, List<RowImage>> free = new LinkedHashMap<>(left);
        free.keySet()
                .removeIf(model -> references.namedBy(model).stream()
                        .map(Reference::parent)
                        .anyMatch(parent -> !parent.equals(model) && left.containsKey(parent)));
        return free.isEmpty() ? new LinkedHashMap<>(left) : free;
    }
}
