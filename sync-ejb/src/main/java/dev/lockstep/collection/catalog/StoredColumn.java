package dev.lockstep.collection.catalog;

import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.value.FloatingPoint;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A column as the database's catalog describes it.
 *
 * @param type one of {@link Types}
 * @param typeName the database's own name of the type
 * @param size characters of a text, digits of a number; 0 if it is not limited
 * @param digits digits after the point, also of seconds
 * @param computed whether the database makes its values
 */
record StoredColumn(String name, int type, String typeName, int size, int digits, boolean computed) {
    /** Digits of seconds that values have: microseconds. */
    private static final int MICROS_DIGITS = 6;

    private static final Set<String> PLAIN_TEXTS =
            Set.of("varchar", "text", "citext", "character varying", "character large object", "varchar_ignorecase");

    private static final Set<Class<?>> TRUTHS = Set.of(Boolean.class, boolean.class);
    private static final Set<Class<?>> INTEGERS =
            Set.of(Short.class, short.class, Integer.class, int.class, Long.class, long.class, BigInteger.class);
    private static final Set<Class<?>> FLOATS = Set.of(Float.class, float.class);
    private static final Set<Class<?>> DOUBLES = Set.of(Double.class, double.class);
    private static final Set<Class<?>> MOMENTS = Set.of(Instant.class, OffsetDateTime.class, LocalDateTime.class);

    /** The kind of values that a column holds. */
    private enum Kind {
        TEXT,
        NUMBER,
        TRUTH,
        DAY,
        TIME,
        MOMENT,
        OTHER
    }

    private Kind kind() {
        return switch (type) {
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> Kind.TEXT;
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.NUMERIC,
                    Types.DECIMAL -> Kind.NUMBER;
            case Types.BOOLEAN, Types.BIT -> Kind.TRUTH;
            case Types.DATE -> Kind.DAY;
            case Types.TIME, Types.TIME_WITH_TIMEZONE -> Kind.TIME;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Kind.MOMENT;
            default -> Kind.OTHER;
        };
    }

    /** Whether no conversion of a database makes a value of the field one of the column. */
    boolean cannotHold(FieldModel field) {
        Class<?> java = field.javaType();
        return switch (kind()) {
            case NUMBER -> java == String.class;
            case TRUTH ->
                java == String.class
                        || isNumber(java)
                        || MOMENTS.contains(java)
                        || java == LocalDate.class
                        || java == LocalTime.class;
            case DAY, TIME, MOMENT ->
                java == String.class
                        || isNumber(java)
                        || TRUTHS.contains(java)
                        || java == UUID.class
                        || isTooCoarse(java);
            case TEXT, OTHER -> false;
        };
    }

    private static boolean isNumber(Class<?> java) {
        return INTEGERS.contains(java) || FLOATS.contains(java) || DOUBLES.contains(java) || java == BigDecimal.class;
    }

    /** A day has no time, and a time no day. */
    private boolean isTooCoarse(Class<?> java) {
        return switch (kind()) {
            case DAY -> MOMENTS.contains(java) || java == LocalTime.class;
            case TIME -> MOMENTS.contains(java) || java == LocalDate.class;
            case MOMENT -> java == LocalTime.class;
            case TEXT, NUMBER, TRUTH, OTHER -> false;
        };
    }

    /** Whether it gives every value of the field back as it was written. */
    boolean keeps(FieldModel field) {
        if (computed || !field.isPlain()) {
            return false;
        }
        Class<?> java = field.javaType();
        return switch (kind()) {
            case TEXT -> isPlainText() && (java == String.class || isNamedEnum(field));
            case NUMBER -> keepsNumber(field, java);
            case TRUTH -> TRUTHS.contains(java);
            case DAY -> java == LocalDate.class;
            case MOMENT ->
                digits >= MICROS_DIGITS && MOMENTS.contains(java) && isZoned() == (java != LocalDateTime.class);
            case OTHER -> java == UUID.class && typeName.equalsIgnoreCase("uuid");
            case TIME -> digits >= MICROS_DIGITS && java == LocalTime.class;
        };
    }

    private boolean isPlainText() {
        return type != Types.CHAR && PLAIN_TEXTS.contains(typeName.toLowerCase(Locale.ROOT));
    }

    /** Whether it fills texts up with blanks. */
    boolean pads() {
        return type == Types.CHAR || type == Types.NCHAR;
    }

    private static boolean isNamedEnum(FieldModel field) {
        return field.javaType().isEnum()
                && field.annotation(Enumerated.class)
                        .filter(how -> how.value() == EnumType.STRING)
                        .isPresent();
    }

    private boolean keepsNumber(FieldModel field, Class<?> java) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGERS.contains(java) || java.isEnum();
            case Types.NUMERIC, Types.DECIMAL -> INTEGERS.contains(java) || keepsDecimal(field);
            case Types.REAL -> FLOATS.contains(java);
            case Types.FLOAT, Types.DOUBLE -> DOUBLES.contains(java) || FLOATS.contains(java);
            default -> false;
        };
    }

    private boolean keepsDecimal(FieldModel field) {
        return field.javaType() == BigDecimal.class
                && (size == 0
                        || field.declaredScale()
                                .filter(scale -> scale <= digits)
                                .isPresent());
    }

    // PostgreSQL gives both kinds of timestamps one number.
    private boolean isZoned() {
        return type == Types.TIMESTAMP_WITH_TIMEZONE || typeName.equalsIgnoreCase("timestamptz");
    }

    /** The precision of its numbers, if they are binary floating-point numbers. */
    Optional<FloatingPoint> floatingPoint() {
        return switch (type) {
            case Types.REAL -> Optional.of(FloatingPoint.SINGLE);
            case Types.FLOAT, Types.DOUBLE -> Optional.of(FloatingPoint.DOUBLE);
            default -> Optional.empty();
        };
    }

    /** The most characters that it takes; empty if there is no limit, and for what is no text. */
    Optional<Integer> charactersMax() {
        return kind() == Kind.TEXT && size > 0 && size < Integer.MAX_VALUE ? Optional.of(size) : Optional.empty();
    }
}
