package dev.lockstep.collection.value;

import dev.lockstep.collection.value.ParseResult.Problem;
import dev.lockstep.collection.value.ParseResult.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Year;
import java.util.Map;
import java.util.function.Function;

/** The types of numbers. */
final class NumberTypes {
    /** Most digits of a decimal: PostgreSQL's numeric ends near there before the point. */
    static final int DIGITS_MAX = 1_000;

    /** Most characters of a number that is sent as a text: a longer one has too many digits in any case. */
    static final int CHARACTERS_MAX = 2 * DIGITS_MAX;

    static final Map<Class<?>, FieldType<?>> ALL = Map.of(
            Byte.class, integral(Byte.MIN_VALUE, Byte.MAX_VALUE, BigDecimal::byteValueExact),
            Short.class, integral(Short.MIN_VALUE, Short.MAX_VALUE, BigDecimal::shortValueExact),
            Integer.class, integral(Integer.MIN_VALUE, Integer.MAX_VALUE, BigDecimal::intValueExact),
            Long.class, integral(Long.MIN_VALUE, Long.MAX_VALUE, BigDecimal::longValueExact),
            BigInteger.class, new FieldType<BigInteger>(JsonKind.INTEGER, NumberTypes::readBig, JsonText::literal),
            Float.class, new FieldType<Float>(JsonKind.NUMBER, NumberTypes::readFloat, JsonText::literal),
            Double.class, new FieldType<Double>(JsonKind.NUMBER, NumberTypes::readDouble, JsonText::literal),
            BigDecimal.class,
                    new FieldType<BigDecimal>(JsonKind.NUMBER, NumberTypes::readDecimal, NumberTypes::writeDecimal),
            Year.class,
                    integral(Year.MIN_VALUE, Year.MAX_VALUE, BigDecimal::intValueExact)
                            .in(EntityForm.of(year -> ((Year) year).getValue(), year -> Year.of((Integer) year))));

    private NumberTypes() {}

    /** Decimals of a column that would round a number with more digits after the point. */
    static FieldType<BigDecimal> decimal(int scale) {
        return new FieldType<>(
                JsonKind.NUMBER,
                json -> readDecimal(json) instanceof Value value && isFinerThan(scale, value)
                        ? new Problem("has more digits after the point than " + scale)
                        : readDecimal(json),
                NumberTypes::writeDecimal);
    }

    private static boolean isFinerThan(int scale, Value decimal) {
        return ((BigDecimal) decimal.java()).stripTrailingZeros().scale() > scale;
    }

    private static <N extends Number> FieldType<N> integral(long least, long most, Function<BigDecimal, N> exact) {
        return new FieldType<>(
                JsonKind.INTEGER,
                json -> {
                    if (!(json instanceof Number)) {
                        return Problem.expected("integer", json);
                    }
                    try {
                        N value = exact.apply(decimal(json));
                        if (value.longValue() >= least && value.longValue() <= most) {
                            return new Value(value);
                        }
                    } catch (ArithmeticException notExact) {
                        // neither whole nor within the range of Java's type
                    }
                    return new Problem("expected a whole number from " + least + " to " + most);
                },
                JsonText::literal);
    }

    private static ParseResult readFloat(Object json) {
        if (!(json instanceof Number number)) {
            return Problem.expected("number", json);
        }
        float value = number.floatValue();
        return Float.isFinite(value) ? new Value(value) : outside(Float.MAX_VALUE);
    }

    private static ParseResult readDouble(Object json) {
        if (!(json instanceof Number number)) {
            return Problem.expected("number", json);
        }
        double value = number.doubleValue();
        return Double.isFinite(value) ? new Value(value) : outside(Double.MAX_VALUE);
    }

    private static ParseResult outside(Number most) {
        return new Problem("expected a number from -" + most + " to " + most);
    }

    private static ParseResult readDecimal(Object json) {
        if (!(json instanceof Number)) {
            return Problem.expected("number", json);
        }
        BigDecimal value = decimal(json);
        return isModest(value) ? new Value(value) : new Problem("has more than " + DIGITS_MAX + " digits");
    }

    // A column with a scale returns 1.5 as 1.500: redundant zeros are removed when writing, and had no meaning before.
    private static void writeDecimal(JsonText json, BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        json.literal(shortest.scale() < 0 ? shortest.setScale(0) : shortest);
    }

    private static ParseResult readBig(Object json) {
        if (!(json instanceof Number)) {
            return Problem.expected("integer", json);
        }
        BigDecimal value = decimal(json);
        if (!isModest(value) || value.stripTrailingZeros().scale() > 0) {
            return new Problem("expected a whole number of at most " + DIGITS_MAX + " digits");
        }
        return new Value(value.toBigIntegerExact());
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof BigDecimal big ? big : new BigDecimal(number.toString());
    }

    // 1e999999999 has ten characters on the wire and takes a gigabyte when written out.
    private static boolean isModest(BigDecimal value) {
        return value.precision() <= DIGITS_MAX && Math.abs((long) value.scale()) <= DIGITS_MAX;
    }
}
