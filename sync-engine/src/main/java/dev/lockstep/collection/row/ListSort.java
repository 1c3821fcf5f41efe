package dev.lockstep.collection.row;

import dev.lockstep.api.entity.Sortable;
import dev.lockstep.collection.FieldModel;
import java.util.List;

/**
 * An order of a list that its reader has chosen: by a {@link Sortable} field, then by id in the same direction, so that one
 * index serves both directions.
 */
public record ListSort(FieldModel field, boolean descending) {
    /** The order as clients write it: the field's name, after a minus sign if descending. */
    public String text() {
        return (descending ? "-" : "") + field.name();
    }

    List<FieldModel> fields(FieldModel id) {
        return field == id ? List.of(id) : List.of(field, id);
    }
}
