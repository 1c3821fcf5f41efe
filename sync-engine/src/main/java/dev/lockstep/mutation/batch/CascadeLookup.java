package dev.lockstep.mutation.batch;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.ChildRows;
import dev.lockstep.collection.row.Parent;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.mutation.PreparedChange;
import dev.lockstep.mutation.QueuedMutation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Candidates for cascading deletes: the stored children that were looked up, and the rows that the batch itself gave a
 * parent. The batch may have moved or deleted them since. Belongs to one transaction.
 */
final class CascadeLookup {
    /** Most children per lookup. Where there are more, none of them is kept. */
    private static final int CHILDREN_MAX = Mutation.CHANGES_MAX;

    /** A row and one reference to its collection. */
    private record CascadeKey(Reference reference, Parent parent) {}

    private final RowRepository stored;
    private final References references;
    private final Map<CascadeKey, Set<EntityId>> children = new HashMap<>();
    private final Set<CascadeKey> lookedUp = new HashSet<>();

    CascadeLookup(RowRepository stored, References references) {
        this.stored = stored;
        this.references = references;
    }

    References references() {
        return references;
    }

    /** The rows whose children may be deleted, in the rooms that are locked for it. */
    Set<Parent> parents(List<QueuedMutation> batch) {
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

    /**
     * Whether the row of the change may get another parent, also by a move to its room; its own children are then deleted
     * with that parent.
     */
    private boolean moves(PreparedChange change) {
        return switch (change) {
            case PreparedChange.Insert insert -> insert.row().isPresent();
            case PreparedChange.Update update ->
                references.of(update.model()).stream()
                        .anyMatch(reference ->
                                update.target().isPresent() || update.values().get(reference.field()) != null);
            case PreparedChange.Archive archive -> false;
            case PreparedChange.Delete delete -> false;
        };
    }

    /** The batch has written the row with its current parents. */
    void rowMoved(RowImage row) {
        for (Reference reference : references.of(row.model())) {
            reference
                    .parentOf(row)
                    .map(id -> new Parent(reference.parent(), id, row.room()))
                    .ifPresent(parent -> add(new CascadeKey(reference, parent), row.id()));
        }
    }

    /** The candidates for children of a row. */
    Collection<EntityId> children(Reference reference, Parent parent) {
        return children.getOrDefault(new CascadeKey(reference, parent), Set.of());
    }

    boolean isKnown(Collection<Parent> parents) {
        return parents.stream()
                .allMatch(parent -> references.to(parent.model()).stream()
                        .allMatch(reference -> lookedUp.contains(new CascadeKey(reference, parent))));
    }

    /**
     * Looks up the stored descendants of these rows: one query per reference and level. If there are too many for all of
     * them together, {@link #isKnown} is false, and they are looked up for each row separately.
     *
     * @return the stored descendants
     */
    Set<Parent> lookUpDescendants(Collection<Parent> parents) {
        Set<Parent> all = new LinkedHashSet<>();
        int left = CHILDREN_MAX;
        Collection<Parent> level = parents;
        while (!level.isEmpty()) {
            level = lookUp(level, left);
            left -= level.size();
            all.addAll(level);
        }
        return all;
    }

    /** Looks up the children of these rows, as far as they were not looked up before. */
    Set<Parent> lookUp(Collection<Parent> parents) {
        return lookUp(parents, CHILDREN_MAX);
    }

    private Set<Parent> lookUp(Collection<Parent> parents, int most) {
        Map<CollectionModel, List<Parent>> byModel = new LinkedHashMap<>();
        parents.forEach(parent -> byModel.computeIfAbsent(parent.model(), first -> new ArrayList<>())
                .add(parent));
        Set<Parent> found = new LinkedHashSet<>();
        byModel.forEach((model, some) -> references
                .to(model)
                .forEach(reference -> lookUp(reference, unknown(reference, some), most - found.size(), found)));
        return found;
    }

    private void lookUp(Reference reference, Set<Parent> unknown, int most, Set<Parent> found) {
        List<ChildRows.Child> children =
                unknown.isEmpty() ? List.of() : stored.children().of(reference, unknown, most);
        if (children.size() > most) {
            return;
        }
        unknown.forEach(parent -> lookedUp.add(new CascadeKey(reference, parent)));
        for (ChildRows.Child child : children) {
            Parent parent =
                    new Parent(reference.parent(), child.parent(), child.row().room());
            // The query also covers the rooms of other parents, whose rows are no children of this one.
            if (unknown.contains(parent)) {
                add(new CascadeKey(reference, parent), child.row().id());
                found.add(child.row());
            }
        }
    }

    private Set<Parent> unknown(Reference reference, Collection<Parent> parents) {
        Set<Parent> unknown = new LinkedHashSet<>(parents);
        unknown.removeIf(parent -> lookedUp.contains(new CascadeKey(reference, parent)));
        return unknown;
    }

    private void add(CascadeKey cascadeKey, EntityId child) {
        children.computeIfAbsent(cascadeKey, first -> new LinkedHashSet<>()).add(child);
    }
}
