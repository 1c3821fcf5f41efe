package dev.lockstep.collection.catalog;

import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.catalog.TableConstraints.TableColumn;
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
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A column in the database's catalog.
 *
 * @param column its limits; the digits after the point are those of seconds too
 * @param typeName the database's own name of the type
 * @param computed whether the database computes its values
 */
record StoredColumn(TableColumn column, String typeName, boolean computed) {
    /** Digits of the seconds of timestamps: microseconds. */
    private static final int MICROS_DIGITS = 6;

    private static final Set<String> PLAIN_TEXTS =
            Set.of("varchar", "text", "citext", "character varying", "character large object", "varchar_ignorecase");

    private static final Set<String> IGNORING_CASE = Set.of("citext", "varchar_ignorecase");

    private static final Set<Class<?>> BOOLEANS = Set.of(Boolean.class, boolean.class);
    private static final Set<Class<?>> INTEGERS =
            Set.of(Short.class, short.class, Integer.class, int.class, Long.class, long.class, BigInteger.class);
    private static final Set<Class<?>> FLOATS = Set.of(Float.class, float.class);
    private static final Set<Class<?>> DOUBLES = Set.of(Double.class, double.class);
    private static final Set<Class<?>> TIMESTAMPS =
            Set.of(Instant.class, OffsetDateTime.class, ZonedDateTime.class, LocalDateTime.class);

    /** The kind of a column's values. */
    private enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        DATE,
        TIME,
        TIMESTAMP,
        OTHER
    }

    /** Whether the database's equality differs from that of the values that rows show: in case, or by rounding. */
    boolean comparesOtherwise(FieldModel field) {
        return IGNORING_CASE.contains(typeName.toLowerCase(Locale.ROOT))
                || (DOUBLES.contains(field.javaType()) && column.type() == Types.REAL);
    }

    private Kind kind() {
        return switch (column.type()) {
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
            case Types.BOOLEAN, Types.BIT -> Kind.BOOLEAN;
            case Types.DATE -> Kind.DATE;
            case Types.TIME, Types.TIME_WITH_TIMEZONE -> Kind.TIME;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Kind.TIMESTAMP;
            default -> Kind.OTHER;
        };
    }

    /** Whether the database cannot convert the field's values to the column's type. */
    boolean cannotHold(FieldModel field) {
        Class<?> java = field.javaType();
        return switch (kind()) {
            case NUMBER -> java == String.class;
            case BOOLEAN ->
                java == String.class
                        || isNumber(java)
                        || TIMESTAMPS.contains(java)
                        || java == LocalDate.class
                        || java == LocalTime.class;
            case DATE, TIME, TIMESTAMP ->
                java == String.class
                        || isNumber(java)
                        || BOOLEANS.contains(java)
                        || java == UUID.class
                        || isTooCoarse(java);
            case TEXT, OTHER -> false;
        };
    }

    private static boolean isNumber(Class<?> java) {
        return INTEGERS.contains(java) || FLOATS.contains(java) || DOUBLES.contains(java) || java == BigDecimal.class;
    }

    /** Whether the column lacks the date or the time of the field's values. */
    private boolean isTooCoarse(Class<?> java) {
        return switch (kind()) {
            case DATE -> TIMESTAMPS.contains(java) || java == LocalTime.class;
            case TIME -> TIMESTAMPS.contains(java) || java == LocalDate.class;
            case TIMESTAMP -> java == LocalTime.class;
            case TEXT, NUMBER, BOOLEAN, OTHER -> false;
        };
    }

    /** Whether the column returns every value of the field exactly as it was written. */
    boolean keeps(FieldModel field) {
        if ((computed && !field.isGenerated()) || !field.isPlain()) {
            return false;
        }
        Class<?> java = field.javaType();
        return switch (kind()) {
            case TEXT -> isPlainText() && (java == String.class || isNamedEnum(field));
            case NUMBER -> keepsNumber(field, java);
            case BOOLEAN -> BOOLEANS.contains(java);
            case DATE -> java == LocalDate.class;
            case TIMESTAMP ->
                column.digits() >= MICROS_DIGITS
                        && TIMESTAMPS.contains(java)
                        && isZoned() == (java != LocalDateTime.class);
            case OTHER -> java == UUID.class && typeName.equalsIgnoreCase("uuid");
            case TIME -> column.digits() >= MICROS_DIGITS && java == LocalTime.class;
        };
    }

    private boolean isPlainText() {
        return column.type() != Types.CHAR && PLAIN_TEXTS.contains(typeName.toLowerCase(Locale.ROOT));
    }

    /** Whether the column pads texts with blanks. */
    boolean pads() {
        return column.type() == Types.CHAR || column.type() == Types.NCHAR;
    }

    private static boolean isNamedEnum(FieldModel field) {
        return field.javaType().isEnum() && isNamed(field);
    }

    /** Whether the constants of a field are stored by their names. */
    static boolean isNamed(FieldModel field) {
        return field.annotation(Enumerated.class)
                .filter(how -> how.value() == EnumType.STRING)
                .isPresent();
    }

    /** Whether it is an array column of H2, whose types end with this word. */
    boolean isArrayOnH2() {
        return column.type() == Types.ARRAY && typeName.endsWith(" ARRAY");
    }

    private boolean keepsNumber(FieldModel field, Class<?> java) {
        return switch (column.type()) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGERS.contains(java) || java.isEnum();
            case Types.NUMERIC, Types.DECIMAL -> INTEGERS.contains(java) || keepsDecimal(field);
            case Types.REAL -> FLOATS.contains(java);
            case Types.FLOAT, Types.DOUBLE -> DOUBLES.contains(java) || FLOATS.contains(java);
            default -> false;
        };
    }

    private boolean keepsDecimal(FieldModel field) {
        return field.javaType() == BigDecimal.class
                && (column.size() == 0
                        || field.declaredScale()
                                .filter(scale -> scale <= column.digits())
                                .isPresent());
    }

    // PostgreSQL uses one JDBC type for both kinds of timestamps.
    private boolean isZoned() {
        return column.type() == Types.TIMESTAMP_WITH_TIMEZONE || typeName.equalsIgnoreCase("timestamptz");
    }

    /** The precision of a binary floating-point column; empty for other columns. */
    Optional<FloatingPoint> floatingPoint() {
        return switch (column.type()) {
            case Types.REAL -> Optional.of(FloatingPoint.SINGLE);
            case Types.FLOAT, Types.DOUBLE -> Optional.of(FloatingPoint.DOUBLE);
            default -> Optional.empty();
        };
    }

    /** The most bytes of a column of bytes; empty if unlimited, and for other columns. */
    Optional<Integer> bytesMax() {
        return switch (column.type()) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                column.size() > 0 && column.size() < Integer.MAX_VALUE ? Optional.of(column.size()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The most characters of a text column; empty if unlimited, and for other columns. */
    Optional<Integer> charactersMax() {
        return kind() == Kind.TEXT && column.size() > 0 && column.size() < Integer.MAX_VALUE
                ? Optional.of(column.size())
                : Optional.empty();
    }
}
