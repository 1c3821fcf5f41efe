package dev.lockstep.collection.value;

import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.value.ParseResult.Problem;
import dev.lockstep.collection.value.ParseResult.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The JSON form of one Java type's values. Parsing is strict: a number is not accepted as a string, and a value that a
 * database cannot store is refused by field name.
 *
 * @param expected the form that a client has to send, in one word
 */
public record FieldType<T>(String expected, Function<Object, ParseResult> reader, BiConsumer<JsonText, T> writer) {
    /** Most digits of a decimal: PostgreSQL's numeric ends near there before the point. */
    private static final int DECIMAL_DIGITS_MAX = 1_000;

    /**
     * Most characters of a text (UTF-16 code units). A longer text, and one that exceeds its column, is refused by field
     * name. The log stores each row as JSON of at most {@link RowImage#CHARACTERS_MAX} characters.
     */
    static final int TEXT_CHARACTERS_MAX = 1_000_000;

    /** The syntax of a number in JSON. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]{1,9})?");

    /** Most characters of a number that is sent as a text: a longer one has too many digits in any case. */
    private static final int NUMBER_CHARACTERS_MAX = 2 * DECIMAL_DIGITS_MAX;

    /** The years that JavaScript writes with four digits; every database stores them. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final Problem OUTSIDE_YEARS = new Problem("lies outside the years 1 to 9999");

    /** Completes the message about a text that cannot be parsed. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "date", " and time with its zone, as in 2026-11-21T08:30:00Z",
            "date and time", " without a zone, as in 2026-11-21T08:30:00",
            "day", ", as in 2026-11-21",
            "UUID", ", as in 0192f1c0-7d1e-7b1a-9c3e-2f6a5d4b3c21");

    private static final Map<Class<?>, FieldType<?>> BY_CLASS = Map.ofEntries(
            entry(String.class, new FieldType<String>("string", FieldType::readText, JsonText::string)),
            entry(Boolean.class, new FieldType<Boolean>("boolean", FieldType::readBoolean, JsonText::literal)),
            entry(Short.class, integral(Short.MIN_VALUE, Short.MAX_VALUE, BigDecimal::shortValueExact)),
            entry(Integer.class, integral(Integer.MIN_VALUE, Integer.MAX_VALUE, BigDecimal::intValueExact)),
            entry(Long.class, integral(Long.MIN_VALUE, Long.MAX_VALUE, BigDecimal::longValueExact)),
            entry(BigInteger.class, new FieldType<BigInteger>("integer", FieldType::readBig, JsonText::literal)),
            entry(
                    Float.class,
                    new FieldType<Float>("number", FieldType::readFloat, (json, f) -> json.literal((double) f))),
            entry(Double.class, new FieldType<Double>("number", FieldType::readDouble, JsonText::literal)),
            entry(
                    BigDecimal.class,
                    new FieldType<BigDecimal>("number", FieldType::readDecimal, FieldType::writeDecimal)),
            entry(Instant.class, new FieldType<Instant>("date", FieldType::readInstant, JsonText::time)),
            entry(
                    OffsetDateTime.class,
                    FieldType.<OffsetDateTime>read("date", FieldType::offsetDateTime, FieldType::writeOffsetDateTime)),
            entry(LocalDateTime.class, read("date and time", FieldType::localDateTime, FieldType::writeText)),
            entry(LocalTime.class, read("time", FieldType::localTime, FieldType::writeText)),
            entry(LocalDate.class, read("day", FieldType::localDate, FieldType::writeText)),
            entry(UUID.class, read("UUID", text -> new Value(UUID.fromString(text)), FieldType::writeText)));

    private static final Map<Class<?>, Class<?>> BOXED = Map.of(
            boolean.class, Boolean.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class);

    /** The type of a Java class; empty if values of the class cannot be sent to clients. */
    public static Optional<FieldType<?>> of(Class<?> javaClass) {
        if (javaClass.isEnum()) {
            return Optional.of(anEnum(javaClass));
        }
        return Optional.ofNullable(BY_CLASS.get(BOXED.getOrDefault(javaClass, javaClass)));
    }

    /** Decimals of a column that would round a number with more digits after the point. */
    public static FieldType<BigDecimal> decimal(int scale) {
        return new FieldType<>(
                "number",
                json -> readDecimal(json) instanceof Value value && isFinerThan(scale, value)
                        ? new Problem("has more digits after the point than " + scale)
                        : readDecimal(json),
                FieldType::writeDecimal);
    }

    /** Numbers that are sent as texts, for clients whose own numbers have fewer digits. */
    public static <N> FieldType<N> asText(FieldType<N> number) {
        String expected = number.expected() + " as a text";
        return new FieldType<>(
                expected,
                json -> {
                    if (!(json instanceof String text)) {
                        return Problem.expected(expected, json);
                    }
                    return text.length() <= NUMBER_CHARACTERS_MAX
                                    && NUMBER.matcher(text).matches()
                            ? number.read(new BigDecimal(text))
                            : new Problem("expected " + expected);
                },
                (json, value) -> {
                    json.raw("\"");
                    number.write(json, value);
                    json.raw("\"");
                });
    }

    private static boolean isFinerThan(int scale, Value decimal) {
        return ((BigDecimal) decimal.java()).stripTrailingZeros().scale() > scale;
    }

    /** The supported Java classes of fields, besides enums and primitives. */
    public static List<String> supported() {
        return BY_CLASS.keySet().stream().map(Class::getSimpleName).sorted().toList();
    }

    /** Parses a plain JSON value that is not {@code null}. */
    public ParseResult read(Object json) {
        return reader.apply(json);
    }

    @SuppressWarnings("unchecked")
    public // the value comes from the Java field that this type was found for
    void write(JsonText json, Object value) {
        writer.accept(json, (T) value);
    }

    private static Map.Entry<Class<?>, FieldType<?>> entry(Class<?> javaClass, FieldType<?> type) {
        return Map.entry(javaClass, type);
    }

    private static ParseResult readText(Object json) {
        if (!(json instanceof String text)) {
            return Problem.expected("string", json);
        }
        if (text.length() > TEXT_CHARACTERS_MAX) {
            return new Problem("is too long: at most " + TEXT_CHARACTERS_MAX + " characters");
        }
        return isStorable(text) ? new Value(text) : new Problem("holds a NUL or half a surrogate pair");
    }

    /** PostgreSQL stores neither a NUL nor half a surrogate pair. */
    public static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static ParseResult readBoolean(Object json) {
        return json instanceof Boolean ? new Value(json) : Problem.expected("boolean", json);
    }

    private static <N extends Number> FieldType<N> integral(long least, long most, Function<BigDecimal, N> exact) {
        String expected = "integer";
        return new FieldType<>(
                expected,
                json -> {
                    if (!(json instanceof Number)) {
                        return Problem.expected(expected, json);
                    }
                    try {
                        return new Value(exact.apply(decimal(json)));
                    } catch (ArithmeticException notExact) {
                        return new Problem("expected a whole number from " + least + " to " + most);
                    }
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
        return isModest(value) ? new Value(value) : new Problem("has more than " + DECIMAL_DIGITS_MAX + " digits");
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
            return new Problem("expected a whole number of at most " + DECIMAL_DIGITS_MAX + " digits");
        }
        return new Value(value.toBigIntegerExact());
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof BigDecimal big ? big : new BigDecimal(number.toString());
    }

    // 1e999999999 has ten characters on the wire and takes a gigabyte when written out.
    private static boolean isModest(BigDecimal value) {
        return value.precision() <= DECIMAL_DIGITS_MAX && Math.abs((long) value.scale()) <= DECIMAL_DIGITS_MAX;
    }

    private static ParseResult readInstant(Object json) {
        if (json instanceof Long millis) {
            return instant(Instant.ofEpochMilli(millis));
        }
        return parse(json, "date", text -> instant(OffsetDateTime.parse(text).toInstant()));
    }

    // Databases round to microseconds. The value that is sent before the commit must equal the value that is read
    // later,
    // so times are truncated here.
    public static ParseResult instant(Instant value) {
        return isStorable(value) ? new Value(value.truncatedTo(ChronoUnit.MICROS)) : OUTSIDE_YEARS;
    }

    private static ParseResult offsetDateTime(String text) {
        OffsetDateTime value = OffsetDateTime.parse(text);
        return isStorable(value.toInstant()) ? new Value(value.truncatedTo(ChronoUnit.MICROS)) : OUTSIDE_YEARS;
    }

    private static ParseResult localDateTime(String text) {
        LocalDateTime value = LocalDateTime.parse(text);
        return isStorable(value.toInstant(ZoneOffset.UTC))
                ? new Value(value.truncatedTo(ChronoUnit.MICROS))
                : OUTSIDE_YEARS;
    }

    private static ParseResult localTime(String text) {
        return new Value(LocalTime.parse(text).truncatedTo(ChronoUnit.MICROS));
    }

    private static ParseResult localDate(String text) {
        LocalDate value = LocalDate.parse(text);
        return isStorable(value.atStartOfDay().toInstant(ZoneOffset.UTC)) ? new Value(value) : OUTSIDE_YEARS;
    }

    private static boolean isStorable(Instant value) {
        return !value.isBefore(EARLIEST) && !value.isAfter(LATEST);
    }

    private static void writeOffsetDateTime(JsonText json, OffsetDateTime value) {
        json.time(value.toInstant());
    }

    private static void writeText(JsonText json, Object value) {
        json.string(value.toString());
    }

    private static <V> FieldType<V> read(
            String expected, Function<String, ParseResult> reader, BiConsumer<JsonText, V> writer) {
        return new FieldType<>(expected, json -> parse(json, expected, reader), writer);
    }

    private static ParseResult parse(Object json, String expected, Function<String, ParseResult> reader) {
        if (!(json instanceof String text)) {
            return Problem.expected(expected, json);
        }
        try {
            return reader.apply(text);
        } catch (DateTimeParseException | IllegalArgumentException unreadable) {
            return new Problem("expected " + expected + EXAMPLES.getOrDefault(expected, ""));
        }
    }

    private static FieldType<Enum<?>> anEnum(Class<?> javaClass) {
        List<Enum<?>> constants = List.of(javaClass.getEnumConstants()).stream()
                .<Enum<?>>map(c -> (Enum<?>) c)
                .toList();
        String expected = "one of " + constants.stream().map(Enum::name).toList();
        return new FieldType<>(
                expected,
                json -> constants.stream()
                        .filter(constant -> constant.name().equals(json))
                        .findFirst()
                        .<ParseResult>map(Value::new)
                        .orElse(new Problem("expected " + expected)),
                (text, value) -> text.string(value.name()));
    }
}
