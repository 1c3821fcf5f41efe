package dev.lockstep.transaction;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.References;
import dev.lockstep.collection.Removals;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The living rows that go with others, in an application's own transaction: as managed entities. */
final class Descendants {
    private record Key(CollectionModel model, EntityId id) {}

    private record Place(CollectionModel model, RoomId room) {}

    private final Rows rows;
    private final References references;
    private final Set<Key> seen = new HashSet<>();
    private final IdentityHashMap<RowImage, Object> found = new IdentityHashMap<>();
    private final List<RowImage> inOrder = new ArrayList<>();

    private Descendants(Rows rows, References references) {
        this.rows = rows;
        this.references = references;
    }

    /**
     * What goes with the given rows, children before their parents; not the rows themselves.
     *
     * @throws SyncException if it is more than a mutation may change
     */
    static List<Object> of(Rows rows, References references, Collection<RowImage> gone) {
        Descendants descendants = new Descendants(rows, references);
        gone.forEach(row -> descendants.seen.add(new Key(row.model(), row.id())));
        Collection<RowImage> level = gone;
        while (!level.isEmpty()) {
            level = descendants.below(level);
        }
        return Removals.childrenFirst(references, descendants.inOrder).stream()
                .map(descendants.found::get)
                .toList();
    }

    private List<RowImage> below(Collection<RowImage> parents) {
        Map<Place, List<EntityId>> places = new LinkedHashMap<>();
        for (RowImage parent : parents) {
            places.computeIfAbsent(new Place(parent.model(), parent.room()), first -> new ArrayList<>())
                    .add(parent.id());
        }
        List<RowImage> next = new ArrayList<>();
        places.forEach((place, ids) -> {
            for (Reference reference : references.to(place.model())) {
                int most = Mutation.CHANGES_MAX - found.size();
                for (Object child :
                        rows.childEntities(reference, ids, place.room().name(), most)) {
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
