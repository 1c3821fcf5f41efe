package dev.lockstep.transaction;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.Parent;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.collection.write.DeleteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The rows to which deletes in an application's own transaction cascade, as managed entities. */
final class CascadeDeletes {
    private record Key(CollectionModel model, EntityId id) {}

    private record Place(CollectionModel model, RoomId room) {}

    private final RowRepository rows;
    private final References references;
    private final Set<Key> seen = new HashSet<>();
    private final IdentityHashMap<RowImage, Object> found = new IdentityHashMap<>();
    private final List<RowImage> inOrder = new ArrayList<>();

    private CascadeDeletes(RowRepository rows, References references) {
        this.rows = rows;
        this.references = references;
    }

    /**
     * The descendants of the given rows, without these.
     *
     * @throws SyncException if there are more than a mutation may change
     */
    static CascadeDeletes of(RowRepository rows, References references, Collection<Parent> gone) {
        CascadeDeletes cascadeDeletes = new CascadeDeletes(rows, references);
        gone.forEach(row -> cascadeDeletes.seen.add(new Key(row.model(), row.id())));
        cascadeDeletes.find(gone);
        return cascadeDeletes;
    }

    /** A row and its descendants. */
    static CascadeDeletes including(RowRepository rows, References references, RowImage row, Object entity) {
        CascadeDeletes cascadeDeletes = of(rows, references, List.of(Parent.of(row)));
        cascadeDeletes.found.put(row, entity);
        cascadeDeletes.inOrder.addFirst(row);
        return cascadeDeletes;
    }

    /** Clears the references of rows that refer to each other in a cycle; returns whether there are any. */
    boolean clearReferences() {
        List<RowImage> loosened = removals().withoutCycles();
        Map<Key, Object> byKey = new HashMap<>();
        found.forEach((row, entity) -> byKey.put(new Key(row.model(), row.id()), entity));
        loosened.forEach(row -> rows.write(row, Objects.requireNonNull(byKey.get(new Key(row.model(), row.id())))));
        return !loosened.isEmpty();
    }

    /** Children before their parents. */
    List<Object> childrenFirst() {
        return removals().childrenFirst().stream().map(found::get).toList();
    }

    private DeleteOrder removals() {
        return DeleteOrder.of(references, inOrder);
    }

    private void find(Collection<Parent> gone) {
        Collection<Parent> level = gone;
        while (!level.isEmpty()) {
            level = below(level).stream().map(Parent::of).toList();
        }
    }

    private List<RowImage> below(Collection<Parent> parents) {
        Map<Place, List<EntityId>> places = new LinkedHashMap<>();
        for (Parent parent : parents) {
            places.computeIfAbsent(new Place(parent.model(), parent.room()), first -> new ArrayList<>())
                    .add(parent.id());
        }
        List<RowImage> next = new ArrayList<>();
        places.forEach((place, ids) -> {
            for (Reference reference : references.to(place.model())) {
                int most = Mutation.CHANGES_MAX - found.size();
                for (Object child :
                        rows.children().entitiesOf(reference, ids, place.room().name(), most)) {
                    add(RowImage.of(reference.child(), child), child, next);
                }
            }
        });
        return next;
    }

    private void add(RowImage image, Object entity, List<RowImage> next) {
        if (!seen.add(new Key(image.model(), image.id()))) {
            return;
        }
        if (found.size() == Mutation.CHANGES_MAX) {
            throw new SyncException(
                    ErrorCode.TOO_LARGE,
                    "more than " + Mutation.CHANGES_MAX + " rows would go with it; delete some of them first");
        }
        found.put(image, entity);
        inOrder.add(image);
        next.add(image);
    }
}
