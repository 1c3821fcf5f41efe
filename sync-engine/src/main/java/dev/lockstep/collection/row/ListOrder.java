package dev.lockstep.collection.row;

import dev.lockstep.api.entity.SyncCollection.Direction;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;

/** The order of a collection's lists as JPQL fragments over an entity {@code e}. */
final class ListOrder {
    private ListOrder() {}

    // Only fields that may be null state the order of nulls: PostgreSQL uses an index only for exactly the index's
    // order.
    static String of(CollectionModel model) {
        boolean descending = model.direction() == Direction.DESCENDING;
        List<String> terms = new ArrayList<>();
        for (FieldModel field : model.listOrder()) {
            String direction = !terms.isEmpty() || !descending ? " asc" : " desc";
            String nulls = !terms.isEmpty() || !field.mayBeNull() ? "" : descending ? " nulls last" : " nulls first";
            terms.add("e." + field.attribute() + direction + nulls);
        }
        return String.join(", ", terms);
    }

    /** A condition for the rows after a position. */
    static String after(CollectionModel model, ListPosition position) {
        List<FieldModel> order = model.listOrder();
        String beyond = "1 = 0";
        for (int i = order.size() - 1; i >= 0; i--) {
            FieldModel field = order.get(i);
            boolean descending = i == 0 && model.direction() == Direction.DESCENDING;
            boolean isNull = position.values().get(i) == null;
            beyond = field.mayBeNull() || isNull
                    ? after("e." + field.attribute(), ":position" + i, descending, isNull, beyond)
                    : afterValue("e." + field.attribute(), ":position" + i, descending, beyond);
        }
        return beyond;
    }

    /** The condition for a field that is never null. An index can be used for its first part. */
    private static String afterValue(String field, String position, boolean descending, String beyond) {
        String further = field + (descending ? " < " : " > ") + position;
        String notBefore = field + (descending ? " <= " : " >= ") + position;
        return "(" + notBefore + " and (" + further + " or " + beyond + "))";
    }

    private static String after(String field, String position, boolean descending, boolean isNull, String beyond) {
        if (isNull) {
            return descending
                    ? "(" + field + " is null and " + beyond + ")"
                    : "(" + field + " is not null or " + beyond + ")";
        }
        String further = descending ? field + " < " + position + " or " + field + " is null" : field + " > " + position;
        return "(" + further + " or " + field + " = " + position + " and " + beyond + ")";
    }

    /** Sets the parameters of the condition {@link #after}. */
    static void setPosition(TypedQuery<?> query, CollectionModel model, ListPosition position) {
        List<FieldModel> order = model.listOrder();
        for (int i = 0; i < position.values().size(); i++) {
            Object value = position.values().get(i);
            if (value != null) {
                query.setParameter("position" + i, order.get(i).type().toEntity(value));
            }
        }
    }
}
