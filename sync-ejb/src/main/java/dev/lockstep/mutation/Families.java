package dev.lockstep.mutation;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.Rows;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which rows may belong to which: the stored ones that were looked up, and those that the group put there itself. Only
 * candidates: the group may have moved or deleted them since. Belongs to one transaction.
 */
final class Families {
    /** Most children that are looked up at a time. Where there are more, nothing is remembered of them. */
    private static final int CHILDREN_MAX = Mutation.CHANGES_MAX;

    /** The children of one kind of one row. */
    private record Family(Reference reference, EntityId parent) {}

    private final Rows stored;
    private final References references;
    private final Map<Family, Set<EntityId>> members = new HashMap<>();
    private final Set<Family> lookedUp = new HashSet<>();

    Families(Rows stored, References references) {
        this.stored = stored;
        this.references = references;
    }

    References references() {
        return references;
    }

    /** The group has put the row where it is now. */
    void note(RowImage row) {
        for (Reference reference : references.of(row.model())) {
            reference.parentOf(row).ifPresent(parent -> add(new Family(reference, parent), row.id()));
        }
    }

    /** Who may belong to the row. */
    Collection<EntityId> members(Reference reference, EntityId parent) {
        return members.getOrDefault(new Family(reference, parent), Set.of());
    }

    boolean knows(Map<CollectionModel, ? extends Collection<EntityId>> parents) {
        return parents.entrySet().stream()
                .allMatch(some -> references.to(some.getKey()).stream()
                        .allMatch(
                                reference -> unknown(reference, some.getValue()).isEmpty()));
    }

    /**
     * Looks up all that belongs to these rows, and to those in turn: a query for each reference and level. Where there is
     * too much of it for all of them, {@link #knows} says so, and it is looked up for each by itself.
     *
     * @return the ids of stored rows, by collection
     */
    Map<CollectionModel, SortedSet<EntityId>> lookUpAll(Map<CollectionModel, ? extends Collection<EntityId>> parents) {
        Map<CollectionModel, SortedSet<EntityId>> all = new HashMap<>();
        int left = CHILDREN_MAX;
        Map<CollectionModel, ? extends Collection<EntityId>> level = parents;
        while (!level.isEmpty()) {
            Map<CollectionModel, SortedSet<EntityId>> found = lookUp(level, left);
            left -= found.values().stream().mapToInt(Set::size).sum();
            found.forEach((model, ids) ->
                    all.computeIfAbsent(model, first -> new TreeSet<>()).addAll(ids));
            level = found;
        }
        return all;
    }

    /** Looks up what belongs to these rows and was not looked up before. */
    Map<CollectionModel, SortedSet<EntityId>> lookUp(Map<CollectionModel, ? extends Collection<EntityId>> parents) {
        return lookUp(parents, CHILDREN_MAX);
    }

    private Map<CollectionModel, SortedSet<EntityId>> lookUp(
            Map<CollectionModel, ? extends Collection<EntityId>> parents, int most) {
        Map<CollectionModel, SortedSet<EntityId>> found = new HashMap<>();
        int left = most;
        for (var some : parents.entrySet()) {
            for (Reference reference : references.to(some.getKey())) {
                Set<EntityId> unknown = unknown(reference, some.getValue());
                List<Rows.Child> children = unknown.isEmpty() ? List.of() : stored.children(reference, unknown, left);
                if (children.size() <= left) {
                    left -= children.size();
                    unknown.forEach(parent -> lookedUp.add(new Family(reference, parent)));
                    for (Rows.Child child : children) {
                        add(new Family(reference, child.parent()), child.id());
                        found.computeIfAbsent(reference.child(), first -> new TreeSet<>())
                                .add(child.id());
                    }
                }
            }
        }
        return found;
    }

    private Set<EntityId> unknown(Reference reference, Collection<EntityId> parents) {
        Set<EntityId> unknown = new LinkedHashSet<>(parents);
        unknown.removeIf(parent -> lookedUp.contains(new Family(reference, parent)));
        return unknown;
    }

    private void add(Family family, EntityId member) {
        members.computeIfAbsent(family, first -> new LinkedHashSet<>()).add(member);
    }
}
