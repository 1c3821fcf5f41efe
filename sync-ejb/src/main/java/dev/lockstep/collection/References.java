package dev.lockstep.collection;

import dev.lockstep.api.entity.BelongsTo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which rows belong to which, and go with them, over all collections of the deployment. Immutable. */
public final class References {
    /** Nothing belongs to anything. */
    public static final References NONE = new References(List.of());

    private final Map<CollectionModel, List<Reference>> byParent;
    private final Map<CollectionModel, List<Reference>> byChild;
    private final Map<CollectionModel, List<Reference>> declared;

    private References(List<Reference> all) {
        declared = all.stream().collect(Collectors.groupingBy(Reference::child));
        List<Reference> going = all.stream().filter(Reference::isCascading).toList();
        byParent = going.stream().collect(Collectors.groupingBy(Reference::parent));
        byChild = going.stream().collect(Collectors.groupingBy(Reference::child));
    }

    /** @throws Misconfiguration if a parent cannot be one */
    static References among(Collection<CollectionModel> models) {
        Map<Class<?>, CollectionModel> byEntity =
                models.stream().collect(Collectors.toMap(CollectionModel::entity, model -> model));
        List<Reference> all = new ArrayList<>();
        for (CollectionModel model : models) {
            for (FieldModel field : model.fields()) {
                field.belongsTo().ifPresent(declared -> {
                    Reference reference = new Reference(parent(model, field, declared, byEntity), model, field);
                    if (reference.isCascading()) {
                        requireOneRoom(reference);
                    }
                    all.add(reference);
                });
            }
        }
        return new References(all);
    }

    private static CollectionModel parent(
            CollectionModel child, FieldModel field, BelongsTo declared, Map<Class<?>, CollectionModel> byEntity) {
        CollectionModel parent = byEntity.get(declared.value());
        if (parent == null || !parent.application().equals(child.application())) {
            throw new Misconfiguration(child.entity().getName() + " has the field '" + field.attribute()
                    + "' with @BelongsTo(" + declared.value().getSimpleName() + "), which is no collection of '"
                    + child.application() + "': name an entity of the same application with @SyncCollection.");
        }
        return parent;
    }

    /** Rooms are locked before rows are known, so a delete must not find children in rooms that nobody named. */
    private static void requireOneRoom(Reference reference) {
        if (reference.parent().isSingleTenant() != reference.child().isSingleTenant()) {
            throw new Misconfiguration(reference.child().entity().getName() + " belongs to "
                    + reference.parent().entity().getName()
                    + " and goes with it, but only one of them has a @RoomColumn: a child lives in its parent's room, so"
                    + " give both one, or neither, or use onDelete = KEEP.");
        }
    }

    /** What goes with the rows of a collection, in one order. */
    public List<Reference> to(CollectionModel parent) {
        return byParent.getOrDefault(parent, List.of());
    }

    /** What the rows of a collection go with. */
    public List<Reference> of(CollectionModel child) {
        return byChild.getOrDefault(child, List.of());
    }

    /** What the rows of a collection belong to, those that outlive their parents too: a foreign key may hold them. */
    public List<Reference> namedBy(CollectionModel child) {
        return declared.getOrDefault(child, List.of());
    }
}
