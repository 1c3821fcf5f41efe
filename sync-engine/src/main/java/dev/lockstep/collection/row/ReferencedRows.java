package dev.lockstep.collection.row;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.RowImage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rows to which the values of a batch refer, as they are stored; not locked. Belongs to one transaction. */
public final class ReferencedRows {
    private final RowRepository stored;
    private final Map<CollectionModel, SortedSet<EntityId>> wanted = new LinkedHashMap<>();
    private final Map<CollectionModel, Set<EntityId>> asked = new HashMap<>();
    private final Map<CollectionModel, Map<EntityId, RowImage>> found = new HashMap<>();

    public ReferencedRows(RowRepository stored) {
        this.stored = stored;
    }

    /** Adds a row to those that {@link #read} reads. */
    public void want(Reference reference, Object value) {
        reference
                .parent()
                .possibleId(value)
                .ifPresent(id -> wanted.computeIfAbsent(reference.parent(), first -> new TreeSet<>())
                        .add(id));
    }

    /** Reads the wanted rows, in one query per collection. */
    public void read() {
        wanted.forEach((model, ids) -> {
            asked.computeIfAbsent(model, first -> new HashSet<>()).addAll(ids);
            found.computeIfAbsent(model, first -> new HashMap<>()).putAll(stored.images(model, ids));
        });
        wanted.clear();
    }

    /** The row, read now if it was not read before; empty if there is none. */
    public Optional<RowImage> find(CollectionModel model, EntityId id) {
        if (!asked.getOrDefault(model, Set.of()).contains(id)) {
            wanted.computeIfAbsent(model, first -> new TreeSet<>()).add(id);
            read();
        }
        return Optional.ofNullable(found.getOrDefault(model, Map.of()).get(id));
    }

    /** A row was deleted. */
    public void forget(CollectionModel model, EntityId id) {
        found.getOrDefault(model, new HashMap<>()).remove(id);
    }
}
