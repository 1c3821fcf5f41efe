package dev.lockstep.collection.filter;

import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.InvalidFields;
import dev.lockstep.collection.filter.Condition.Bound;
import dev.lockstep.collection.value.FieldComparison;
import dev.lockstep.collection.value.ParseResult;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reader of filters in their JSON form: an object with a value, a list of values, or an object of operators for each
 * field, as in <code>{"status":"OPEN","owner":["alice",null],"dueAt":{"gte":"2026-11-01T00:00:00Z"}}</code>. Conditions
 * are strict like values of rows: a number is not accepted as a text.
 */
public final class FilterReader {
    /** Most fields of a filter. */
    public static final int FIELDS_MAX = 10;

    /** Most values of a list in a filter. */
    public static final int VALUES_MAX = 100;

    private static final Set<String> EQUALITY = Set.of("eq", "in", "null");
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final CollectionModel model;
    private final String path;
    private final List<Issue> issues = new ArrayList<>();

    private FilterReader(CollectionModel model, String path) {
        this.model = model;
        this.path = path;
    }

    /**
     * Reads a filter of a collection.
     *
     * @param json the filter as plain values
     * @param path the beginning of the paths in issues
     * @throws InvalidFields with an issue for each field with an unusable condition
     */
    public static RowFilter read(CollectionModel model, @Nullable Object json, String path) throws InvalidFields {
        FilterReader reader = new FilterReader(model, path);
        RowFilter filter = reader.filter(json);
        if (!reader.issues.isEmpty()) {
            throw new InvalidFields(reader.issues);
        }
        return filter;
    }

    private RowFilter filter(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> fields)) {
            issues.add(new Issue(path, "expected an object with a condition for each field"));
            return RowFilter.ALL;
        }
        if (fields.size() > FIELDS_MAX) {
            issues.add(new Issue(path, "has conditions on " + fields.size() + " fields: at most " + FIELDS_MAX));
            return RowFilter.ALL;
        }
        List<Condition> conditions = new ArrayList<>();
        fields.forEach((name, condition) -> {
            String at = path + "." + name;
            if (model.lists().filterable().contains(String.valueOf(name))) {
                FieldModel field = model.named(String.valueOf(name)).orElseThrow();
                conditions.addAll(conditions(field, condition, at));
            } else {
                issues.add(new Issue(
                        at,
                        "lists of '" + model.name() + "' cannot be filtered by this field; choose from "
                                + model.lists().filterable()));
            }
        });
        return new RowFilter(conditions);
    }

    private List<Condition> conditions(FieldModel field, @Nullable Object json, String at) {
        return switch (json) {
            case List<?> values -> List.of(oneOf(field, values, at));
            case Map<?, ?> operators -> operators(field, operators, at);
            case null -> List.of(new Condition.Presence(field, false));
            default -> List.of(oneOf(field, List.of(json), at));
        };
    }

    private Condition oneOf(FieldModel field, List<?> values, String at) {
        if (values.isEmpty() || values.size() > VALUES_MAX) {
            issues.add(new Issue(at, "expected 1 to " + VALUES_MAX + " values, received " + values.size()));
            return new Condition.Presence(field, false);
        }
        List<Object> read = new ArrayList<>();
        boolean orNone = false;
        for (Object value : values) {
            if (value == null) {
                orNone = true;
            } else {
                add(read, field, value, at);
            }
        }
        return new Condition.OneOf(field, read, orNone);
    }

    private void add(List<Object> values, FieldModel field, Object json, String at) {
        switch (field.type().read(json)) {
            case ParseResult.Value value -> {
                if (hasShownPrecision(value.java())) {
                    values.add(value.java());
                } else {
                    issues.add(
                            new Issue(at, "has more than three digits after the second's point, which no row shows"));
                }
            }
            case ParseResult.Problem problem -> issues.add(new Issue(at, problem.message()));
        }
    }

    /** Rows show these times in milliseconds, so a finer one has no meaning to clients. */
    private static boolean hasShownPrecision(Object value) {
        return switch (value) {
            case Instant time -> time.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MILLI == 0;
            case OffsetDateTime time -> time.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MILLI == 0;
            default -> true;
        };
    }

    private List<Condition> operators(FieldModel field, Map<?, ?> operators, String at) {
        if (operators.isEmpty()) {
            issues.add(
                    new Issue(at, "expected a value, a list of values or an object of operators: " + allowed(field)));
        }
        List<Condition> conditions = new ArrayList<>();
        Map<Bound, Object> bounds = new EnumMap<>(Bound.class);
        operators.forEach((name, operand) -> {
            String operator = String.valueOf(name);
            String operatorPath = at + "." + operator;
            if (!allowed(field).contains(operator)) {
                issues.add(new Issue(operatorPath, "is not an operator of this field; choose from " + allowed(field)));
            } else if (EQUALITY.contains(operator)) {
                equality(field, operator, operand, operatorPath).forEach(conditions::add);
            } else {
                bound(bounds, field, operator, operand, operatorPath);
            }
        });
        if (!bounds.isEmpty()) {
            conditions.add(new Condition.Range(field, bounds));
        }
        return conditions;
    }

    private List<Condition> equality(FieldModel field, String operator, @Nullable Object operand, String at) {
        if (operator.equals("null") && operand instanceof Boolean isNull) {
            return List.of(new Condition.Presence(field, !isNull));
        }
        if (operator.equals("in") && operand instanceof List<?> values) {
            return List.of(oneOf(field, values, at));
        }
        if (operator.equals("eq") && !(operand instanceof List) && !(operand instanceof Map)) {
            return conditions(field, operand, at);
        }
        issues.add(new Issue(
                at,
                switch (operator) {
                    case "null" -> "expected true or false";
                    case "in" -> "expected a list of values";
                    default -> "expected one value";
                }));
        return List.of();
    }

    private void bound(
            Map<Bound, Object> bounds, FieldModel field, String operator, @Nullable Object operand, String at) {
        if (operand == null) {
            issues.add(new Issue(at, "expected a value, received null"));
            return;
        }
        List<Object> read = new ArrayList<>();
        add(read, field, operand, at);
        read.forEach(value -> bounds.put(Bound.valueOf(operator.toUpperCase(Locale.ROOT)), value));
    }

    private static List<String> allowed(FieldModel field) {
        return field.comparison().orElseThrow() == FieldComparison.ORDER
                ? List.of("eq", "in", "gt", "gte", "lt", "lte", "null")
                : List.of("eq", "in", "null");
    }
}
