package dev.lockstep.collection;

import dev.lockstep.api.entity.BelongsTo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    public static References among(Collection<CollectionModel> models) {
        Map<Class<?>, CollectionModel> byEntity =
                models.stream().collect(Collectors.toMap(CollectionModel::entity, model -> model));
        List<Reference> all = new ArrayList<>();
        for (CollectionModel model : models) {
            for (FieldModel field : model.fields()) {
                field.belongsTo().ifPresent(declared -> {
                    Reference reference = new Reference(parent(model, field, declared, byEntity), model, field);
                    requireSameType(reference);
                    requireTarget(reference);
                    if (reference.isCascading()) {
                        requireOneRoom(reference);
                    }
                    all.add(reference);
                });
                if (field.belongsTo().isEmpty()) {
                    field.relation()
                            .flatMap(target -> related(model, field, target, byEntity))
                            .ifPresent(all::add);
                }
            }
        }
        all.forEach(References::requireVisible);
        return new References(all);
    }

    /** The reference of a relation; empty if the other rows are not sent, and clients cannot name one. */
    private static Optional<Reference> related(
            CollectionModel model, FieldModel field, Class<?> target, Map<Class<?>, CollectionModel> byEntity) {
        CollectionModel parent = byEntity.get(target);
        if (parent != null && parent.application().equals(model.application())) {
            return Optional.of(new Reference(parent, model, field));
        }
        if (field.isWrittenByInserts() || field.isWrittenByUpdates()) {
            throw new Misconfiguration(model.entity().getName() + " has the relation '" + field.property() + "' to "
                    + target.getSimpleName() + ", which is not a collection of '" + model.application()
                    + "', so that clients would name rows that they cannot see: annotate " + target.getSimpleName()
                    + " with @SyncCollection, or the relation with @Writable(NEVER) or @JsonbTransient.");
        }
        return Optional.empty();
    }

    private static void requireTarget(Reference reference) {
        FieldModel field = reference.field();
        if (field.relation()
                .filter(target -> target != reference.parent().entity())
                .isPresent()) {
            throw new Misconfiguration(reference.child().entity().getName() + " has the relation '" + field.property()
                    + "' with @BelongsTo("
                    + reference.parent().entity().getSimpleName() + "), which is not the class that it refers to: name"
                    + " that class.");
        }
    }

    /** A row of the shared room is seen from every room, but a row of one room is not. */
    private static void requireVisible(Reference reference) {
        if (reference.field().relation().isPresent()
                && reference.child().isSingleTenant()
                && !reference.parent().isSingleTenant()) {
            throw new Misconfiguration(reference.child().entity().getName() + " has no @RoomColumn, and the relation '"
                    + reference.field().property() + "' to "
                    + reference.parent().entity().getSimpleName()
                    + ", which has one, so that no client would see both rows: give both one, or put @JsonbTransient on"
                    + " the relation.");
        }
    }

    private static CollectionModel parent(
            CollectionModel child, FieldModel field, BelongsTo declared, Map<Class<?>, CollectionModel> byEntity) {
        CollectionModel parent = byEntity.get(declared.value());
        if (parent == null || !parent.application().equals(child.application())) {
            throw new Misconfiguration(child.entity().getName() + " has the field '" + field.property()
                    + "' with @BelongsTo(" + declared.value().getSimpleName() + "), which is not a collection of '"
                    + child.application() + "': name an entity of the same application with @SyncCollection.");
        }
        return parent;
    }

    private static void requireSameType(Reference reference) {
        FieldModel id = reference.parent().idField();
        if (id.key().isPresent()) {
            throw new Misconfiguration(reference.child().entity().getName() + " has the field '"
                    + reference.field().property() + "' with @BelongsTo("
                    + reference.parent().entity().getSimpleName() + "), whose id has several columns: remove the"
                    + " annotation, or give that entity an @Id of one column.");
        }
        if (reference.field().idType() != id.idType()) {
            throw new Misconfiguration(reference.child().entity().getName() + " has the field '"
                    + reference.field().property() + "' of type "
                    + reference.field().javaType().getSimpleName() + " with @BelongsTo("
                    + reference.parent().entity().getSimpleName() + "), whose id is of type "
                    + id.javaType().getSimpleName() + ": use that type.");
        }
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

    /** The relations of a collection to collections with a read filter. */
    public Set<Reference> filteredBy(CollectionModel child) {
        return namedBy(child).stream()
                .filter(reference ->
                        reference.isRelation() && reference.parent().filtered())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All references of a collection, also those that do not cascade: a foreign key may bind them. */
    public List<Reference> namedBy(CollectionModel child) {
        return declared.getOrDefault(child, List.of());
    }
}
