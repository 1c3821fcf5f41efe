package dev.lockstep.wire.cfsync.openapi;

import static dev.lockstep.wire.cfsync.openapi.Json.object;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.filter.FilterReader;
import dev.lockstep.collection.value.FieldComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Query parameters of a collection's list: its filter and its order, by the fields that the entity declares. */
final class ListQuery {
    private final CollectionModel model;
    private final CollectionSchemas schemas;

    ListQuery(CollectionModel model) {
        this.model = model;
        schemas = new CollectionSchemas(model);
    }

    /** The parameters that only this collection has. */
    List<Object> parameters() {
        List<Object> parameters = new ArrayList<>();
        if (!model.lists().filterable().isEmpty()) {
            parameters.add(object(
                    "name",
                    "filter",
                    "in",
                    "query",
                    "description",
                    "All conditions must hold",
                    "content",
                    object("application/json", object("schema", filter()))));
        }
        if (!model.lists().sortable().isEmpty()) {
            List<Object> orders = new ArrayList<>();
            model.lists().sortable().forEach(field -> orders.addAll(List.of(field, "-" + field)));
            parameters.add(object(
                    "name",
                    "sort",
                    "in",
                    "query",
                    "description",
                    "A field; with `-` in descending order",
                    "schema",
                    object("type", "string", "enum", orders)));
        }
        return parameters;
    }

    private Map<String, Object> filter() {
        Map<String, Object> conditions = object();
        Set<String> names = model.lists().filterable();
        model.fields().stream()
                .filter(field -> names.contains(field.name()))
                .forEach(field -> conditions.put(field.name(), condition(field)));
        return object(
                "type",
                "object",
                "properties",
                conditions,
                "additionalProperties",
                false,
                "maxProperties",
                FilterReader.FIELDS_MAX);
    }

    /** A value, some values, or an object of operators. */
    private Map<String, Object> condition(FieldModel field) {
        Map<String, Object> value = schemas.comparable(field);
        Map<String, Object> orNull = object("anyOf", List.of(value, object("type", "null")));
        Map<String, Object> values =
                object("type", "array", "items", orNull, "minItems", 1, "maxItems", FilterReader.VALUES_MAX);
        Map<String, Object> operators = object("eq", orNull, "in", values, "null", object("type", "boolean"));
        if (FieldComparison.of(field.javaType())
                .filter(FieldComparison.ORDER::equals)
                .isPresent()) {
            for (String bound : List.of("gt", "gte", "lt", "lte")) {
                operators.put(bound, value);
            }
        }
        Map<String, Object> ofOperators =
                object("type", "object", "properties", operators, "additionalProperties", false, "minProperties", 1);
        return object("anyOf", List.of(value, object("type", "null"), values, ofOperators));
    }
}
