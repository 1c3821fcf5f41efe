package dev.lockstep.wire.cfsync.openapi;

import static dev.lockstep.wire.cfsync.openapi.Json.object;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.value.FieldType;
import dev.lockstep.collection.value.JsonKind;
import dev.lockstep.collection.value.ObjectType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** JSON Schemas of a collection's rows, inserts and updates. */
final class CollectionSchemas {
    private final CollectionModel model;

    CollectionSchemas(CollectionModel model) {
        this.model = model;
    }

    /** A row, with all sent fields. */
    Map<String, Object> row() {
        return schema(FieldModel::isSent, field -> true);
    }

    /** The fields of a new row. Others are ignored. */
    Map<String, Object> insert() {
        return schema(FieldModel::isWrittenByInserts, model::isRequiredInInserts);
    }

    /** The fields that an update may name. Others are ignored. */
    Map<String, Object> update() {
        return schema(model::isNamedInUpdates, field -> false);
    }

    /** A value that a filter compares with those of a field. */
    Map<String, Object> comparable(FieldModel field) {
        Map<String, Object> schema = value(field.type());
        format(field.javaType(), schema);
        return schema;
    }

    private Map<String, Object> schema(Predicate<FieldModel> included, Predicate<FieldModel> required) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        model.fields().stream().filter(included).forEach(field -> {
            properties.put(field.name(), field(field));
            if (required.test(field)) {
                names.add(field.name());
            }
        });
        Map<String, Object> schema = object("type", "object", "properties", properties);
        if (!names.isEmpty()) {
            schema.put("required", names);
        }
        return schema;
    }

    private Map<String, Object> field(FieldModel field) {
        Map<String, Object> schema = value(field.type());
        if (model.isNullable(field)) {
            allowNull(schema);
        }
        format(field.javaType(), schema);
        if ("string".equals(field.type().kind() instanceof JsonKind.Scalar scalar ? scalar.name() : "")) {
            field.annotation(Size.class).ifPresent(size -> {
                schema.put("minLength", size.min());
                schema.put("maxLength", size.max());
            });
        } else if (field.type().kind() instanceof JsonKind.Scalar) {
            field.annotation(Min.class).ifPresent(min -> schema.put("minimum", min.value()));
            field.annotation(Max.class).ifPresent(max -> schema.put("maximum", max.value()));
        }
        return schema;
    }

    private static Map<String, Object> value(FieldType<?> type) {
        return switch (type.kind()) {
            case JsonKind.Scalar scalar -> object("type", scalar.name());
            case JsonKind.Constants constants -> object("type", "string", "enum", new ArrayList<>(constants.names()));
            case JsonKind.ArrayOf array -> object("type", "array", "items", value(array.item()));
            case JsonKind.ObjectOf of -> members(of.members());
            case JsonKind.Any any -> object();
        };
    }

    private static Map<String, Object> members(List<ObjectType.Member> members) {
        Map<String, Object> properties = new LinkedHashMap<>();
        members.stream().filter(member -> member.access().sent()).forEach(member -> {
            Map<String, Object> schema = value(member.type());
            if (!member.required()) {
                allowNull(schema);
            }
            properties.put(member.name(), schema);
        });
        return object("type", "object", "properties", properties);
    }

    /** Adds {@code null} to the types, and to the constants: the keyword {@code enum} must list it, too. */
    private static void allowNull(Map<String, Object> schema) {
        schema.computeIfPresent("type", (key, type) -> List.of(type, "null"));
        schema.computeIfPresent("enum", (key, constants) -> {
            List<Object> withNull = new ArrayList<>((List<?>) constants);
            withNull.add(Json.NULL);
            return withNull;
        });
    }

    private static void format(Class<?> type, Map<String, Object> schema) {
        if (type == Instant.class || type == OffsetDateTime.class || type == ZonedDateTime.class) {
            schema.put("format", "date-time");
        } else if (type == LocalDate.class) {
            schema.put("format", "date");
        } else if (type == UUID.class) {
            schema.put("format", "uuid");
        }
    }
}
