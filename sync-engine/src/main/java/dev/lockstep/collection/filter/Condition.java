package dev.lockstep.collection.filter;

import dev.lockstep.collection.FieldModel;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A condition on one field of a row. Values are those of the field's Java type. Immutable. */
public sealed interface Condition {
    /** The field that it is about. */
    FieldModel field();

    /** Whether a field with this value, as clients see it, meets the condition. */
    boolean isMetBy(@Nullable Object shown);

    /**
     * The field has one of these values.
     *
     * @param orNone whether a field without a value meets it, too
     */
    record OneOf(FieldModel field, List<Object> values, boolean orNone) implements Condition {
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public boolean isMetBy(@Nullable Object shown) {
            if (shown == null) {
                return orNone;
            }
            Object wanted = ComparableValue.of(shown);
            return values.stream().map(ComparableValue::of).anyMatch(wanted::equals);
        }
    }

    /** The field has a value within bounds; a field without a value does not meet it. */
    record Range(FieldModel field, Map<Bound, Object> bounds) implements Condition {
        public Range {
            bounds = Collections.unmodifiableMap(new EnumMap<>(bounds));
        }

        @Override
        public boolean isMetBy(@Nullable Object shown) {
            return shown != null
                    && bounds.entrySet().stream()
                            .allMatch(bound -> bound.getKey()
                                    .admits(ComparableValue.compare(shown, Objects.requireNonNull(bound.getValue()))));
        }
    }

    /** The field has a value, or has none. */
    record Presence(FieldModel field, boolean isPresent) implements Condition {
        @Override
        public boolean isMetBy(@Nullable Object shown) {
            return isPresent == (shown != null);
        }
    }

    /** The bounds of a range. */
    enum Bound {
        GT,
        GTE,
        LT,
        LTE;

        /** @param comparison that of a value with the bound, as by {@link Comparable} */
        private boolean admits(int comparison) {
            return switch (this) {
                case GT -> comparison > 0;
                case GTE -> comparison >= 0;
                case LT -> comparison < 0;
                case LTE -> comparison <= 0;
            };
        }
    }
}
