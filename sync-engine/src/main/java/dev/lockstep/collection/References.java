package dev.lockstep.collection;

import dev.lockstep.api.entity.BelongsTo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The references between all collections of the deployment, and which of them cascade deletes. Immutable. */
public final class References {
    /** No references. */
    public static final References NONE = new References(List.of());

    private final Map<CollectionModel, List<Reference>> byParent;
    private final Map<CollectionModel, List<Reference>> byChild;
    private final Map<CollectionModel, List<Reference>> declared;

    private References(List<Reference> all) {
        declared = all.stream().collect(Collectors.groupingBy(Reference::child));
        List<Reference> cascading = all.stream().filter(Reference::isCascading).toList();
        byParent = cascading.stream().collect(Collectors.groupingBy(Reference::parent));
        byChild = cascading.stream().collect(Collectors.groupingBy(Reference::child));
    }

    /** @throws Misconfiguration if a parent is not a collection of the application, or has other rooms */
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
                    + "' with @BelongsTo(" + declared.value().getSimpleName() + "), which is not a collection of '"
                    + child.application() + "': name an entity of the same application with @SyncCollection.");
        }
        return parent;
    }

    /** Rooms are locked before rows are read, so a delete must not find children in a room that was not locked. */
    private static void requireOneRoom(Reference reference) {
        if (reference.parent().isSingleTenant() != reference.child().isSingleTenant()) {
            throw new Misconfiguration(reference.child().entity().getName() + " is deleted with its parent "
                    + reference.parent().entity().getName()
                    + ", but only one of them has a @RoomColumn: a child is in its parent's room, so give both one, or"
                    + " neither, or use onDelete = KEEP.");
        }
    }

    /** The cascading references to a collection, in a fixed order. */
    public List<Reference> to(CollectionModel parent) {
        return byParent.getOrDefault(parent, List.of());
    }

    /** The cascading references of a collection. */
    public List<Reference> of(CollectionModel child) {
        return byChild.getOrDefault(child, List.of());
    }

    /** All references of a collection, also those that do not cascade: a foreign key may bind them. */
    public List<Reference> namedBy(CollectionModel child) {
        return declared.getOrDefault(child, List.of());
    }
}
