package dev.lockstep.collection.row;

import dev.lockstep.api.entity.Sortable;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.mapping.Role;
import java.util.List;
import java.util.stream.Stream;

/**
 * An order of a list that its reader has chosen: by a {@link Sortable} field, then by id in the same direction, so that one
 * index serves both directions.
 */
public record ListSort(FieldModel field, boolean descending) {
    /** The order as clients write it: the field's name, after a minus sign if descending. */
    public String text() {
        return (descending ? "-" : "") + field.name();
    }

    List<FieldModel> fields(CollectionModel model) {
        return Stream.concat(field.role() == Role.ID ? Stream.empty() : Stream.of(field), model.idFields().stream())
                .distinct()
                .toList();
    }
}
