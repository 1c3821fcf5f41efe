package dev.lockstep.typescript;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.value.FieldType;
import dev.lockstep.collection.value.JsonKind;
import java.util.stream.Collectors;

/** The TypeScript type of one field in rows, inserts and updates. */
final class FieldText {
    private final CollectionModel model;
    private final FieldModel field;

    FieldText(CollectionModel model, FieldModel field) {
        this.model = model;
        this.field = field;
    }

    /** The type of values, without {@code null}. */
    private static String value(FieldType<?> type) {
        return switch (type.kind()) {
            case JsonKind.Scalar scalar -> scalar.name().equals("integer") ? "number" : scalar.name();
            case JsonKind.Constants constants ->
                constants.names().stream().map(FieldText::quoted).collect(Collectors.joining(" | "));
            case JsonKind.ArrayOf array -> "readonly (" + value(array.item()) + ")[]";
            case JsonKind.ObjectOf object ->
                object.members().stream()
                        .filter(member -> member.access().sent())
                        .map(member ->
                                key(member.name()) + ": " + value(member.type()) + (member.required() ? "" : " | null"))
                        .collect(Collectors.joining("; ", "{ ", " }"));
            case JsonKind.Any any -> "unknown";
        };
    }

    private String type() {
        return model.isNullable(field) ? value(field.type()) + " | null" : value(field.type());
    }

    /** The member of a row. */
    String ofRow() {
        return "readonly " + key(field.name()) + (field.isOf(model.entity()) ? "" : "?") + ": " + type() + ";";
    }

    /** The member of an insert: optional, if the field may be {@code null} or the entity has a default. */
    String ofInsert() {
        return key(field.name()) + (model.isRequiredInInserts(field) ? "" : "?") + ": " + type() + ";";
    }

    /** The member of an update, which has only changed fields. */
    String ofUpdate() {
        return key(field.name()) + "?: " + type() + ";";
    }

    private static String key(String name) {
        return name.matches("[A-Za-z_$][A-Za-z0-9_$]*") ? name : quoted(name);
    }

    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
