package dev.lockstep.collection.row;

import dev.lockstep.collection.filter.Condition;
import dev.lockstep.collection.filter.RowFilter;
import dev.lockstep.database.ParameterPadding;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The conditions of a {@link RowFilter} as Criteria: the database passes exactly the rows that the filter passes. */
final class FilterPredicates {
    private final Root<?> row;
    private final CriteriaBuilder builder;

    FilterPredicates(Root<?> row, CriteriaBuilder builder) {
        this.row = row;
        this.builder = builder;
    }

    List<Predicate> of(RowFilter filter) {
        return filter.conditions().stream().map(this::predicate).toList();
    }

    private Predicate predicate(Condition condition) {
        FieldPath path = new FieldPath(builder, row, condition.field());
        return switch (condition) {
            case Condition.Presence presence -> presence.isPresent() ? path.isPresent() : path.isAbsent();
            case Condition.OneOf oneOf -> oneOf(path, oneOf);
            case Condition.Range range ->
                builder.and(range.bounds().entrySet().stream()
                        .map(bound -> bound(path, bound.getKey(), bound.getValue()))
                        .toArray(Predicate[]::new));
        };
    }

    private Predicate oneOf(FieldPath path, Condition.OneOf oneOf) {
        Stream<Predicate> values =
                oneOf.values().stream().anyMatch(value -> after(value).isPresent())
                        ? oneOf.values().stream().map(value -> equal(path, value))
                        : oneOf.values().isEmpty()
                                ? Stream.empty()
                                : Stream.of(path.isOneOf(ParameterPadding.list(stored(oneOf))));
        Predicate[] any = Stream.concat(values, oneOf.orNone() ? Stream.of(path.isAbsent()) : Stream.empty())
                .toArray(Predicate[]::new);
        return any.length == 1 ? any[0] : builder.or(any);
    }

    private Predicate equal(FieldPath path, Object value) {
        return builder.and(path.isAtLeast(value), path.isBelow(after(value).orElseThrow()));
    }

    /** The values as entities hold them: the name of a room may be the number of a row. */
    private static List<Object> stored(Condition.OneOf oneOf) {
        return oneOf.values().stream()
                .<Object>map(
                        value -> Objects.requireNonNull(oneOf.field().type().toEntity(value)))
                .toList();
    }

    private static Predicate bound(FieldPath path, Condition.Bound bound, Object value) {
        Optional<Object> next = after(value);
        return switch (bound) {
            case GTE -> path.isAtLeast(value);
            case LT -> path.isBelow(value);
            case GT -> next.map(path::isAtLeast).orElseGet(() -> path.isAbove(value));
            case LTE -> next.map(path::isBelow).orElseGet(() -> path.isAtMost(value));
        };
    }

    /**
     * The next value that rows can show, if they show fewer digits than the database stores: points in time have
     * microseconds and are shown in milliseconds.
     */
    private static Optional<Object> after(Object value) {
        return value instanceof Instant || value instanceof OffsetDateTime
                ? Optional.of(((Temporal) value).plus(1, ChronoUnit.MILLIS))
                : Optional.empty();
    }
}
