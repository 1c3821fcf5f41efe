package dev.lockstep.collection.row;

import dev.lockstep.collection.FieldModel;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.Collection;

/** Comparisons of a field's column with values of its Java type, as Criteria. */
final class FieldPath {
    private final CriteriaBuilder builder;
    private final Expression<?> column;

    FieldPath(CriteriaBuilder builder, Root<?> row, FieldModel field) {
        this.builder = builder;
        this.column = of(row, field);
    }

    /** The selection of a field, which may be the class of the row, or a constant in the place of a collection. */
    static Expression<?> selected(CriteriaBuilder builder, Root<?> row, FieldModel field) {
        if (field.isElementCollection()) {
            return builder.literal(0);
        }
        return field.isSubtype() ? row.type() : of(row, field);
    }

    /** The attribute of a field; one within another is written with a point. */
    static Path<?> of(Root<?> row, FieldModel field) {
        Path<?> path = row;
        for (String name : field.attribute().split("\\.", -1)) {
            path = path.get(name);
        }
        return path;
    }

    Expression<?> expression() {
        return column;
    }

    Predicate isPresent() {
        return builder.isNotNull(column);
    }

    Predicate isAbsent() {
        return builder.isNull(column);
    }

    Predicate isEqual(Object value) {
        return builder.equal(column, value);
    }

    Predicate isOneOf(Collection<?> values) {
        return column.in(values);
    }

    Predicate isAbove(Object value) {
        return builder.greaterThan(comparable(), comparable(value));
    }

    Predicate isAtLeast(Object value) {
        return builder.greaterThanOrEqualTo(comparable(), comparable(value));
    }

    Predicate isBelow(Object value) {
        return builder.lessThan(comparable(), comparable(value));
    }

    Predicate isAtMost(Object value) {
        return builder.lessThanOrEqualTo(comparable(), comparable(value));
    }

    @SuppressWarnings("unchecked") // the field's values can be ordered: ListFields requires it
    private Expression<Comparable<Object>> comparable() {
        return (Expression<Comparable<Object>>) column;
    }

    @SuppressWarnings("unchecked") // a value of the field's type
    private static Comparable<Object> comparable(Object value) {
        return (Comparable<Object>) value;
    }
}
