package dev.lockstep.collection.filter;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

/** Values in a form in which {@code equals} and {@code compareTo} agree with a database. */
final class ComparableValue {
    private ComparableValue() {}

    /** The value without what a database does not compare: trailing zeros, the sign of zero, a time's offset. */
    static Object of(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal.stripTrailingZeros();
            case Double number -> number + 0.0;
            case OffsetDateTime time -> time.toInstant();
            default -> value;
        };
    }

    /** Compares two values of one field. */
    @SuppressWarnings("unchecked") // both are of the field's type, which has an order
    static int compare(Object left, Object right) {
        return ((Comparable<Object>) of(left)).compareTo(of(right));
    }
}
