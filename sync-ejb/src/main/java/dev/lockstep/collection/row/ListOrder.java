package dev.lockstep.collection.row;

import dev.lockstep.api.entity.SyncCollection.Direction;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;

/** The order of a collection's lists in the words of queries, over an entity {@code e}. */
final class ListOrder {
    private ListOrder() {}

    // Where nulls come is said only of fields that may be null: PostgreSQL reads by an index only in the index's own
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

    /** A condition for the rows that the order puts after a place. */
    static String after(CollectionModel model, ListPosition place) {
        List<FieldModel> order = model.listOrder();
        String beyond = "1 = 0";
        for (int i = order.size() - 1; i >= 0; i--) {
            FieldModel field = order.get(i);
            boolean descending = i == 0 && model.direction() == Direction.DESCENDING;
            boolean isNull = place.values().get(i) == null;
            beyond = field.mayBeNull() || isNull
                    ? after("e." + field.attribute(), ":place" + i, descending, isNull, beyond)
                    : afterValue("e." + field.attribute(), ":place" + i, descending, beyond);
        }
        return beyond;
    }

    /** Of a field that is never null. Its first condition is one that an index can be entered by. */
    private static String afterValue(String field, String place, boolean descending, String beyond) {
        String further = field + (descending ? " < " : " > ") + place;
        String notBefore = field + (descending ? " <= " : " >= ") + place;
        return "(" + notBefore + " and (" + further + " or " + beyond + "))";
    }

    private static String after(String field, String place, boolean descending, boolean isNull, String beyond) {
        if (isNull) {
            return descending
                    ? "(" + field + " is null and " + beyond + ")"
                    : "(" + field + " is not null or " + beyond + ")";
        }
        String further = descending ? field + " < " + place + " or " + field + " is null" : field + " > " + place;
        return "(" + further + " or " + field + " = " + place + " and " + beyond + ")";
    }

    /** Gives a query the place of its condition. */
    static void setPlace(TypedQuery<?> query, ListPosition place) {
        for (int i = 0; i < place.values().size(); i++) {
            Object value = place.values().get(i);
            if (value != null) {
                query.setParameter("place" + i, value);
            }
        }
    }
}
