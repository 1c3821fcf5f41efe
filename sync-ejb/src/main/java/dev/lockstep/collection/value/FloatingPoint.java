package dev.lockstep.collection.value;

import java.math.BigDecimal;

/**
 * The precision of a column that holds binary floating-point numbers. A driver reads such a column in more than one way:
 * of a {@code real} that holds 0.1, PostgreSQL's driver makes 0.1 from a text and 0.10000000149011612 from bytes. A row
 * tells the shortest decimal that the column stores as the same number.
 */
public enum FloatingPoint {
    /** 32 bits. */
    SINGLE,
    /** 64 bits. */
    DOUBLE;

    /** The value that a row tells. A value that is too large or too small for the column stays as it is. */
    public Object shortest(Object value) {
        if (value instanceof Double number && this == SINGLE && fits(number)) {
            return Double.valueOf(text(number));
        }
        if (value instanceof BigDecimal number && fits(number.doubleValue())) {
            return new BigDecimal(text(number.doubleValue()));
        }
        return value;
    }

    private String text(double number) {
        return this == SINGLE ? Float.toString((float) number) : Double.toString(number);
    }

    private boolean fits(double number) {
        return this == DOUBLE
                ? Double.isFinite(number)
                : Float.isFinite((float) number) && ((float) number == 0) == (number == 0);
    }
}
