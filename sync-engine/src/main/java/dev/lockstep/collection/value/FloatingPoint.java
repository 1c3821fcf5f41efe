package dev.lockstep.collection.value;

import java.math.BigDecimal;

/**
 * The precision of a column with binary floating-point numbers. A driver reads such a column in more than one way: of a
 * {@code real} with 0.1, PostgreSQL's driver makes 0.1 from the text format and 0.10000000149011612 from the binary one.
 * Rows show the shortest decimal that the column stores as the same number.
 */
public enum FloatingPoint {
    /** 32 bits. */
    SINGLE,
    /** 64 bits. */
    DOUBLE;

    /** The value that rows show. A value that is too large or too small for the column is not changed. */
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
