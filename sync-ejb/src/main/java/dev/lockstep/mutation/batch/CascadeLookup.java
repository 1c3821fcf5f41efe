package dev.lockstep.mutation.batch;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.Parent;
import dev.lockstep.collection.row.RowRepository;
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
 * Which rows may belong to which: the stored ones that were looked up, and those that the group put there itself. Only
 * candidates: the group may have moved or deleted them since. Belongs to one transaction.
 */
final class CascadeLookup {
    /** Most children that are looked up at a time. Where there are more, nothing is remembered of them. */
    private static final int CHILDREN_MAX = Mutation.CHANGES_MAX;

    /** The children of one kind of one row. */
    private record CascadeKey(Reference reference, Parent parent) {}

    private final RowRepository stored;
    private final References references;
    private final Map<CascadeKey, Set<EntityId>> members = new HashMap<>();
    private final Set<CascadeKey> lookedUp = new HashSet<>();

    CascadeLookup(RowRepository stored, References references) {
        this.stored = stored;
        this.references = references;
    }

    References references() {
        return references;
    }

    /** The group has put the row where it is now. */
    void rowMoved(RowImage row) {
        for (Reference reference : references.of(row.model())) {
            reference
                    .parentOf(row)
                    .map(id -> new Parent(reference.parent(), id, row.room()))
                    .ifPresent(parent -> add(new CascadeKey(reference, parent), row.id()));
        }
    }

    /** Who may belong to the row. */
    Collection<EntityId> children(Reference reference, Parent parent) {
        return members.getOrDefault(new CascadeKey(reference, parent), Set.of());
    }

    boolean isKnown(Collection<Parent> parents) {
        return parents.stream()
                .allMatch(parent -> references.to(parent.model()).stream()
                        .allMatch(reference -> lookedUp.contains(new CascadeKey(reference, parent))));
    }

    /**
     * Looks up all that belongs to these rows, and to those in turn: a query for each reference and level. Where there is
     * too much of it for all of them, {@link #isKnown} says so, and it is looked up for each by itself.
     *
     * @return stored rows
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

    /** Looks up what belongs to these rows and was not looked up before. */
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
        List<RowRepository.Child> children = unknown.isEmpty() ? List.of() : stored.children(reference, unknown, most);
        if (children.size() > most) {
            return;
        }
        unknown.forEach(parent -> lookedUp.add(new CascadeKey(reference, parent)));
        for (RowRepository.Child child : children) {
            Parent parent =
                    new Parent(reference.parent(), child.parent(), child.row().room());
            // The rooms of other parents were asked for as well, and their rows are no children of this one.
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

    private void add(CascadeKey cascadeKey, EntityId member) {
        members.computeIfAbsent(cascadeKey, first -> new LinkedHashSet<>()).add(member);
    }
}
