package dev.lockstep.collection.row;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.mapping.Role;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;

/** The conditions of soft delete and rooms in queries, where the row is {@code e}. */
final class RowConditions {
    /** Most ids in one query. PostgreSQL accepts 65,535 parameters; longer lists gain nothing. */
    static final int IDS_MAX = 5_000;

    private RowConditions() {}

    /** The condition of rows that are not deleted. */
    static String live(CollectionModel model) {
        return model.withRole(Role.DELETED_AT)
                .map(at -> " and e." + at.attribute() + " is null")
                .orElse("");
    }

    /** The condition of rows in the room of the parameter {@code room}. */
    static String inRoom(CollectionModel model) {
        return model.roomField()
                .map(column -> " and e." + column.attribute() + " = :room")
                .orElse("");
    }

    /** Whether rows may be in a room of this name. */
    static boolean hasRoom(CollectionModel model, String room) {
        return model.isSingleTenant() || model.roomValue(room).isPresent();
    }

    static void setRoom(TypedQuery<?> query, CollectionModel model, String room) {
        model.roomField()
                .ifPresent(column ->
                        query.setParameter("room", model.roomValue(room).orElseThrow()));
    }

    static String entityName(EntityManager entities, CollectionModel model) {
        return entities.getMetamodel().entity(model.entity()).getName();
    }

    /** Parts of a list, one for each query. */
    static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IDS_MAX) {
            parts.add(all.subList(from, Math.min(all.size(), from + IDS_MAX)));
        }
        return parts;
    }
}
