package dev.lockstep.collection.registry;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.mapping.InvalidMapping;
import dev.lockstep.collection.mapping.Role;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Comparator;
import java.util.List;

/** The order of a row's fields in JSON, and the field that orders lists. */
final class FieldOrder {
    private FieldOrder() {}

    /** @throws InvalidMapping if the stated order omits a field */
    static Comparator<FieldModel> inJson(Class<?> entity, List<FieldModel> fields) {
        JsonbPropertyOrder stated = entity.getAnnotation(JsonbPropertyOrder.class);
        if (stated == null) {
            return Comparator.comparingInt(FieldOrder::rank);
        }
        List<String> order = List.of(stated.value());
        for (FieldModel field : fields) {
            if (field.isSent() && !order.contains(field.name())) {
                throw new InvalidMapping(
                        "has @JsonbPropertyOrder without '" + field.name() + "': name every field that is sent.");
            }
        }
        return Comparator.comparingInt(field -> field.isSent() ? order.indexOf(field.name()) : order.size());
    }

    /** The id first, timestamps last, the rest as declared: the sort is stable. */
    private static int rank(FieldModel field) {
        return switch (field.role()) {
            case ID -> 0;
            case ROOM, OWNER, VERSION, DATA -> 1;
            case CREATED_AT -> 2;
            case UPDATED_AT -> 3;
            case ARCHIVED_AT -> 4;
            case DELETED_AT -> 5;
        };
    }

    /**
     * The field that orders lists.
     *
     * @param wanted its name; empty for the time of the insert, or for the id of rows without one
     * @throws InvalidMapping if there is no field of this name
     */
    static FieldModel ofLists(String wanted, List<FieldModel> fields) {
        if (wanted.isEmpty()) {
            return CollectionModel.with(Role.CREATED_AT, fields)
                    .or(() -> CollectionModel.with(Role.ID, fields))
                    .orElseThrow();
        }
        FieldModel found = fields.stream()
                .filter(field -> field.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidMapping("is ordered by '" + wanted
                        + "', but has no such field: choose one of "
                        + fields.stream().map(FieldModel::name).toList() + "."));
        if (found.type().isStructured()) {
            throw new InvalidMapping(
                    "is ordered by '" + wanted + "', whose values have no order: choose a field with one" + " value.");
        }
        return found;
    }
}
