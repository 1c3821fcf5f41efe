package dev.lockstep.odd.random;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

/** The kinds of values that fields have. */
final class Kinds {
    private static final List<String> OTHER_TYPES = List.of("null", "true", "7", "\"7\"", "{}", "[]", "[1]");

    private static final List<String> ODD_TEXTS = List.of(
            "\"\"",
            "\" \"",
            "\"x \"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"x\\udc00y\"",
            "\"\\ud83d\\ude00\"",
            "\"\u202e\u05d0\u05d1\u05d2\"",
            "\"e\u0301\u00e9\"",
            "\"'; drop table x; --\"",
            "\"\\\\\\\"\"",
            "\"\\u2028\\t\\n\\u001f\\u007f\"",
            "\"\ufeff\uffff\"",
            "\"null\"");

    private static final List<String> ODD_NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "1.0",
            "1.5",
            "1e2",
            "1E-7",
            "0.1",
            "0.005",
            "32767",
            "32768",
            "-32769",
            "2147483647",
            "2147483648",
            "9007199254740993",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "12345678901.00",
            "9999999999.99",
            "123456789012345678901234567890",
            "99999999999999999999999999999999999999",
            "3.4028235e38",
            "3.5e38",
            "1e-46",
            "1e309",
            "-1e309",
            "1e-400",
            "1e999999999",
            "16777217",
            "0.30000000000000004");

    /** The first is the first that PostgreSQL stores by the usual calendar (docs/entities.md). */
    private static final List<String> ODD_MOMENTS = List.of(
            "\"1582-10-15T00:00:00Z\"",
            "\"0000-12-31T23:59:59Z\"",
            "\"9999-12-31T23:59:59.999999999Z\"",
            "\"+10000-01-01T00:00:00Z\"",
            "\"1893-04-01T00:00:00Z\"",
            "\"2026-03-29T01:30:00Z\"",
            "\"2026-10-25T00:30:00.123456789Z\"",
            "\"2026-11-29T10:00:00+14:00\"",
            "\"2026-11-29T10:00:00\"",
            "\"2026-02-30T10:00:00Z\"",
            "\"2016-12-31T23:59:60Z\"",
            "\"2026-11-29\"",
            "0",
            "-1",
            "253402300799999",
            "253402300800000",
            "8640000000000001");

    private static final List<String> ODD_WALLS = List.of(
            "\"2026-03-29T02:30\"",
            "\"2026-03-29T02:30:00.123456789\"",
            "\"2026-10-25T02:30:00\"",
            "\"1893-03-31T23:53:28\"",
            "\"0001-01-01T00:00\"",
            "\"9999-12-31T23:59:59.999999\"",
            "\"9999-12-31T23:59:59.9999999\"",
            "\"1582-10-10T12:00\"",
            "\"2026-11-29T10:00:00Z\"",
            "\"2026-11-29\"");

    private static final List<String> ODD_DAYS = List.of(
            "\"1893-04-01\"",
            "\"1582-10-10\"",
            "\"0001-01-01\"",
            "\"9999-12-31\"",
            "\"2026-03-29\"",
            "\"2024-02-29\"",
            "\"2023-02-29\"",
            "\"10000-01-01\"",
            "\"2026-11-29T10:00\"");

    private Kinds() {}

    /** Texts of at most this many characters; those around the limit are among the odd ones. */
    static Kind text(int charactersMax) {
        List<String> odd = new ArrayList<>(ODD_TEXTS);
        odd.addAll(OTHER_TYPES);
        for (int length = charactersMax - 1; length <= charactersMax + 1; length++) {
            odd.add('"' + "x".repeat(length) + '"');
            odd.add('"' + "\u00e9".repeat(length) + '"');
            odd.add('"' + "\\ud83d\\ude00".repeat(length) + '"');
        }
        odd.add('"' + "x".repeat(charactersMax) + "   \"");
        return new Kind(List.of("\"a\"", "\"b\"", "\"words\""), odd, Kinds::isEqual, Kinds::isText);
    }

    /** The id of a row, whatever its type. */
    static Kind id() {
        return new Kind(
                text(255).usual(),
                List.of(
                        "\"nobody\"",
                        "\"0\"",
                        "\"-1\"",
                        "\"007\"",
                        "\"99999999999999999999\"",
                        "\"\"",
                        "true",
                        "{}",
                        "[]"),
                Kinds::isEqual,
                Kinds::isText);
    }

    /** An object with these values. */
    static Kind object(List<String> usual, List<String> odd) {
        return new Kind(
                usual,
                Stream.concat(odd.stream(), Stream.of("null", "7", "\"x\"", "true", "[]", "[1]"))
                        .toList(),
                Kinds::isEqual,
                Kinds::isText);
    }

    /** Texts of any length. */
    static Kind longText() {
        List<String> odd = new ArrayList<>(ODD_TEXTS);
        odd.addAll(OTHER_TYPES);
        odd.add('"' + "x".repeat(5_000) + '"');
        odd.add('"' + "\u6f22".repeat(30_000) + '"');
        return new Kind(List.of("\"a\"", "\"some words\""), odd, Kinds::isEqual, Kinds::isText);
    }

    static Kind integer() {
        return new Kind(
                List.of("1", "2", "3", "-5", "100"),
                numbers(),
                comparing(Kinds::number),
                storedAs(BigDecimal::new, Kinds::number));
    }

    static Kind decimal() {
        return new Kind(
                List.of("1", "2.5", "-3.25", "100.10"),
                numbers(),
                comparing(Kinds::number),
                storedAs(BigDecimal::new, Kinds::number));
    }

    static Kind real() {
        Function<JsonValue, Double> value = json -> number(json).doubleValue() + 0.0;
        return new Kind(
                List.of("1", "2.5", "-0.1"),
                numbers(),
                comparing(value),
                storedAs(text -> Double.parseDouble(text) + 0.0, value));
    }

    static Kind single() {
        Function<JsonValue, Float> value = json -> number(json).floatValue() + 0.0f;
        return new Kind(
                List.of("1", "2.5", "-0.1"),
                numbers(),
                comparing(value),
                storedAs(text -> Float.parseFloat(text) + 0.0f, value));
    }

    static Kind flag() {
        return new Kind(
                List.of("true", "false"),
                List.of("null", "0", "\"true\"", "[]"),
                Object::equals,
                (stored, received) -> received.toString()
                        .equals(
                                stored.equals("t")
                                        ? "true"
                                        : stored.equals("f") ? "false" : stored.toLowerCase(Locale.ROOT)));
    }

    static Kind moment() {
        return new Kind(
                List.of("\"2026-11-29T10:00:00Z\"", "\"2026-01-31T23:59:59.999Z\"", "1764410400000"),
                odd(ODD_MOMENTS),
                comparing(Kinds::instant),
                storedAs(text -> Instant.parse(text).truncatedTo(ChronoUnit.MILLIS), Kinds::instant));
    }

    static Kind wall() {
        Function<JsonValue, LocalDateTime> value =
                json -> LocalDateTime.parse(string(json)).truncatedTo(ChronoUnit.MICROS);
        return new Kind(
                List.of("\"2026-11-29T10:00\"", "\"2026-01-31T23:59:59.999\""),
                odd(ODD_WALLS),
                comparing(value),
                storedAs(LocalDateTime::parse, value));
    }

    static Kind day() {
        Function<JsonValue, LocalDate> value = json -> LocalDate.parse(string(json));
        return new Kind(
                List.of("\"2026-11-29\"", "\"2026-01-31\""),
                odd(ODD_DAYS),
                comparing(value),
                storedAs(LocalDate::parse, value));
    }

    /** The constants of an enum, stored by name. */
    static Kind constant(String... names) {
        List<String> odd = List.of("\"\"", "\"calm\"", "\"NONE\"", "0", "null");
        return new Kind(Stream.of(names).map(name -> '"' + name + '"').toList(), odd, Kinds::isEqual, Kinds::isText);
    }

    /** The constants of an enum, stored by ordinal. */
    static Kind place(String... names) {
        return new Kind(
                constant(names).usual(),
                constant(names).odd(),
                Kinds::isEqual,
                (stored, received) -> names[Integer.parseInt(stored)].equals(string(received)));
    }

    static Kind uuid() {
        return new Kind(
                List.of("\"0b5b0c39-6aed-46d4-9fc5-e85ccf8eed89\""),
                List.of("\"0B5B0C39-6AED-46D4-9FC5-E85CCF8EED89\"", "\"1-1-1-1-1\"", "\"\"", "\"x\"", "null", "5"),
                (sent, received) -> UUID.fromString(string(sent)).toString().equals(string(received)),
                Kinds::isText);
    }

    private static List<String> numbers() {
        return odd(ODD_NUMBERS);
    }

    private static List<String> odd(List<String> values) {
        return Stream.concat(values.stream(), OTHER_TYPES.stream()).toList();
    }

    private static boolean isEqual(JsonValue sent, JsonValue received) {
        return sent.equals(received);
    }

    private static boolean isText(String stored, JsonValue received) {
        return stored.equals(string(received));
    }

    private static <T> BiPredicate<JsonValue, JsonValue> comparing(Function<JsonValue, T> value) {
        return (sent, received) -> value.apply(sent).equals(value.apply(received));
    }

    private static <T> BiPredicate<String, JsonValue> storedAs(
            Function<String, T> stored, Function<JsonValue, T> received) {
        return (text, json) -> normal(stored.apply(text)).equals(received.apply(json));
    }

    @SuppressWarnings("unchecked")
    private static <T> T normal(T value) {
        return value instanceof BigDecimal decimal ? (T) normal(decimal) : value;
    }

    private static BigDecimal normal(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    private static BigDecimal number(JsonValue json) {
        return normal(((JsonNumber) json).bigDecimalValue());
    }

    private static String string(JsonValue json) {
        return ((JsonString) json).getString();
    }

    private static Instant instant(JsonValue json) {
        Instant value = json instanceof JsonNumber millis
                ? Instant.ofEpochMilli(millis.longValueExact())
                : OffsetDateTime.parse(string(json)).toInstant();
        return value.truncatedTo(ChronoUnit.MILLIS);
    }
}
