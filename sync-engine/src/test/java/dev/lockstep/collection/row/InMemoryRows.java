package dev.lockstep.collection.row;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Row;
import dev.lockstep.api.entity.SyncCollection.Direction;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.mapping.Role;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of collections without a database. */
public final class InMemoryRows {
    private final Map<Class<?>, Map<EntityId, RowImage>> rows = new HashMap<>();

    /** No rows. */
    public InMemoryRows() {}

    /** A copy of these rows. */
    public InMemoryRows(InMemoryRows other) {
        other.rows.forEach((entity, images) -> rows.put(entity, new HashMap<>(images)));
    }

    /** The row with this id, in any room, softly deleted or not. */
    public Optional<RowImage> find(CollectionModel model, EntityId id) {
        return Optional.ofNullable(of(model).get(id));
    }

    public void put(RowImage image) {
        of(image.model()).put(image.id(), image);
    }

    /** Deletes softly where the collection has a {@code @DeletedAt} field, else for good. */
    public void delete(RowImage image, Instant stamp) {
        if (image.model().deletesSoftly()) {
            put(image.deleted(stamp));
        } else {
            of(image.model()).remove(image.id());
        }
    }

    /** Whether another row has the same value in a field. Absent values are not equal. */
    public boolean isTaken(RowImage image, String field) {
        FieldModel unique = image.model().named(field).orElseThrow();
        Object value = image.get(unique);
        return value != null
                && of(image.model()).values().stream()
                        .anyMatch(other -> !other.id().equals(image.id()) && value.equals(other.get(unique)));
    }

    /** The live rows of a collection that are in the room of this name, in the collection's order. */
    public List<Row> list(CollectionModel model, String room) {
        return of(model).values().stream()
                .filter(image -> !image.isDeleted() && image.isIn(room))
                .sorted(order(model))
                .map(RowImage::row)
                .toList();
    }

    /** The values of a field in all rows, without visibility, in order. */
    public List<String> stored(CollectionModel model, String field) {
        FieldModel named = model.named(field).orElseThrow();
        return of(model).values().stream()
                .map(image -> String.valueOf(image.get(named)))
                .sorted()
                .toList();
    }

    private Map<EntityId, RowImage> of(CollectionModel model) {
        return rows.computeIfAbsent(model.entity(), entity -> new HashMap<>());
    }

    private static Comparator<RowImage> order(CollectionModel model) {
        Comparator<RowImage> first = by(model.orderBy());
        Comparator<RowImage> order = model.direction() == Direction.DESCENDING ? first.reversed() : first;
        return model.withRole(Role.CREATED_AT)
                .map(created -> order.thenComparing(by(created)))
                .orElse(order)
                .thenComparing(by(model.idField()));
    }

    private static Comparator<RowImage> by(FieldModel field) {
        return Comparator.comparing(image -> image.get(field), Comparator.nullsFirst(InMemoryRows::compare));
    }

    @SuppressWarnings("unchecked") // what a collection can be ordered by has an order
    private static int compare(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }
}
