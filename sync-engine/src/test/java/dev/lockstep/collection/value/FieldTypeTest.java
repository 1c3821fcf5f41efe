package dev.lockstep.collection.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lockstep.sample.Task.Priority;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTypeTest {
    private static final String UUID_TEXT = "0190b0a0-1111-7222-8333-444455556666";

    private static FieldType<?> typeOf(Class<?> javaClass) {
        return FieldType.of(javaClass).orElseThrow();
    }

    static Stream<Arguments> storable() {
        return Stream.of(
                arguments(String.class, "", ""),
                arguments(String.class, "\ud83d\ude00", "\ud83d\ude00"),
                arguments(boolean.class, true, true),
                arguments(short.class, 32_767L, (short) 32_767),
                arguments(int.class, -2_147_483_648L, -2_147_483_648),
                arguments(Integer.class, new BigDecimal("1.0"), 1),
                arguments(Integer.class, new BigDecimal("1e3"), 1_000),
                arguments(long.class, Long.MAX_VALUE, Long.MAX_VALUE),
                arguments(BigInteger.class, new BigDecimal("1e20"), new BigInteger("100000000000000000000")),
                arguments(float.class, new BigDecimal("0.5"), 0.5f),
                arguments(double.class, 7L, 7.0),
                arguments(BigDecimal.class, 7L, new BigDecimal("7")),
                arguments(Instant.class, "2026-11-21T01:02:03.004Z", Instant.parse("2026-11-21T01:02:03.004Z")),
                arguments(Instant.class, "2026-11-21T02:02:03+01:00", Instant.parse("2026-11-21T01:02:03Z")),
                arguments(Instant.class, 1_795_000_000_004L, Instant.ofEpochMilli(1_795_000_000_004L)),
                arguments(
                        OffsetDateTime.class,
                        "2026-11-21T01:02:03+02:00",
                        OffsetDateTime.parse("2026-11-21T01:02:03+02:00")),
                arguments(LocalDateTime.class, "2026-11-21T01:02:03", LocalDateTime.parse("2026-11-21T01:02:03")),
                arguments(LocalDate.class, "2026-11-21", LocalDate.parse("2026-11-21")),
                arguments(UUID.class, UUID_TEXT, UUID.fromString(UUID_TEXT)),
                arguments(Priority.class, "HIGH", Priority.HIGH));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("storable")
    @Tag("COL2")
    @DisplayName("[COL2] a value of the field's type is read")
    void reads(Class<?> javaClass, Object json, Object java) {
        assertThat(typeOf(javaClass).read(json)).isEqualTo(new ParseResult.Value(java));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments(String.class, 1L, "expected string, received number"),
                arguments(String.class, true, "expected string, received boolean"),
                arguments(String.class, List.of(), "expected string, received array"),
                arguments(String.class, Map.of(), "expected string, received object"),
                arguments(String.class, "a\0b", "holds a NUL or half a surrogate pair"),
                arguments(String.class, "\ud83d", "holds a NUL or half a surrogate pair"),
                arguments(String.class, "\ude00\ud83d", "holds a NUL or half a surrogate pair"),
                arguments(boolean.class, "true", "expected boolean, received string"),
                arguments(boolean.class, 1L, "expected boolean, received number"),
                arguments(short.class, 32_768L, "expected a whole number from -32768 to 32767"),
                arguments(int.class, "1", "expected integer, received string"),
                arguments(int.class, 2_147_483_648L, "expected a whole number from -2147483648 to 2147483647"),
                arguments(int.class, new BigDecimal("1.5"), "expected a whole number from -2147483648 to 2147483647"),
                arguments(
                        int.class,
                        new BigDecimal("1e999999999"),
                        "expected a whole number from -2147483648 to 2147483647"),
                arguments(
                        int.class,
                        new BigDecimal("1e-999999999"),
                        "expected a whole number from -2147483648 to 2147483647"),
                arguments(
                        long.class,
                        new BigDecimal("9223372036854775808"),
                        "expected a whole number from -9223372036854775808 to 9223372036854775807"),
                arguments(BigInteger.class, "1", "expected integer, received string"),
                arguments(BigInteger.class, new BigDecimal("0.1"), "expected a whole number of at most 1000 digits"),
                arguments(
                        BigInteger.class,
                        new BigDecimal("1e999999999"),
                        "expected a whole number of at most 1000 digits"),
                arguments(float.class, new BigDecimal("1e39"), "expected a number from -3.4028235E38 to 3.4028235E38"),
                arguments(double.class, "1", "expected number, received string"),
                arguments(
                        double.class,
                        new BigDecimal("1e309"),
                        "expected a number from -1.7976931348623157E308 to 1.7976931348623157E308"),
                arguments(Year.class, 2147483647L, "expected a whole number from -999999999 to 999999999"),
                arguments(Year.class, -1_000_000_000L, "expected a whole number from -999999999 to 999999999"),
                arguments(BigDecimal.class, false, "expected number, received boolean"),
                arguments(BigDecimal.class, new BigDecimal("1e999999999"), "has more than 1000 digits"),
                arguments(BigDecimal.class, new BigDecimal("1e-999999999"), "has more than 1000 digits"),
                arguments(BigDecimal.class, new BigDecimal("1".repeat(1_001)), "has more than 1000 digits"),
                arguments(
                        Instant.class, "yesterday", "expected date and time with its zone, as in 2026-11-21T08:30:00Z"),
                arguments(
                        Instant.class,
                        "2026-11-21T01:02:03",
                        "expected date and time with its zone, as in 2026-11-21T08:30:00Z"),
                arguments(Instant.class, new BigDecimal("1.5"), "expected date, received number"),
                arguments(Instant.class, true, "expected date, received boolean"),
                arguments(OffsetDateTime.class, 1L, "expected date, received number"),
                arguments(
                        LocalDateTime.class,
                        "2026-11-21",
                        "expected date and time without a zone, as in 2026-11-21T08:30:00"),
                arguments(
                        LocalDateTime.class,
                        "2026-11-21T01:02:03Z",
                        "expected date and time without a zone, as in 2026-11-21T08:30:00"),
                arguments(LocalDate.class, "2026-02-30", "expected day, as in 2026-11-21"),
                arguments(UUID.class, "x", "expected UUID, as in 0192f1c0-7d1e-7b1a-9c3e-2f6a5d4b3c21"),
                arguments(Priority.class, "high", "expected one of [LOW, HIGH]"),
                arguments(Priority.class, 1L, "expected one of [LOW, HIGH]"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrong")
    @Tag("COL2")
    @DisplayName("[COL2] any other value is refused, and the refusal states what was expected")
    void refuses(Class<?> javaClass, Object json, String message) {
        assertThat(typeOf(javaClass).read(json)).isEqualTo(new ParseResult.Problem(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.24", "1.240", "-0.01", "1e20", "7", "0.000"})
    @Tag("COL2")
    @DisplayName("[COL2] a decimal that its column can hold is read unchanged")
    void keepsDecimals(String number) {
        assertThat(FieldType.decimal(2).read(new BigDecimal(number)))
                .isEqualTo(new ParseResult.Value(new BigDecimal(number)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.239", "1e-3", "-0.0000000001"})
    @Tag("COL2")
    @DisplayName(
            "[COL2] a decimal that its column would round is refused: clients would see a value that is not stored")
    void refusesFinerDecimals(String number) {
        assertThat(FieldType.decimal(2).read(new BigDecimal(number)))
                .isEqualTo(new ParseResult.Problem("has more digits after the point than 2"));
        assertThat(FieldType.decimal(2).read("1"))
                .isEqualTo(new ParseResult.Problem("expected number, received string"));
    }

    static Stream<Arguments> timesNoDatabaseStores() {
        return Stream.of(
                arguments(Instant.class, "+999999999-01-01T00:00:00Z"),
                arguments(Instant.class, "+10000-01-01T00:00:00Z"),
                arguments(Instant.class, "0000-12-31T23:59:59Z"),
                arguments(Instant.class, Long.MAX_VALUE),
                arguments(Instant.class, Long.MIN_VALUE),
                arguments(OffsetDateTime.class, "+10000-01-01T00:00:00Z"),
                arguments(OffsetDateTime.class, "-0001-01-01T00:00:00Z"),
                arguments(LocalDateTime.class, "+10000-01-01T00:00:00"),
                arguments(LocalDate.class, "+10000-01-01"),
                arguments(LocalDate.class, "-0001-01-01"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("timesNoDatabaseStores")
    @Tag("COL2")
    @DisplayName("[COL2] a time outside the years 1 to 9999 is refused")
    void refusesTimesNoDatabaseStores(Class<?> javaClass, Object json) {
        assertThat(typeOf(javaClass).read(json)).isEqualTo(new ParseResult.Problem("lies outside the years 1 to 9999"));
    }

    static Stream<Arguments> finerThanStored() {
        return Stream.of(
                arguments(Instant.class, "2026-11-21T01:02:03.9999999Z", "\"2026-11-21T01:02:03.999Z\""),
                arguments(OffsetDateTime.class, "2026-11-21T01:02:03.9999999Z", "\"2026-11-21T01:02:03.999Z\""),
                arguments(LocalDateTime.class, "2026-11-21T01:02:03.9999999", "\"2026-11-21T01:02:03.999999\""));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("finerThanStored")
    @Tag("COL1")
    @DisplayName(
            "[COL1] a time is cut to microseconds before it is stored; the database never rounds it after it was sent")
    void cutsTimes(Class<?> javaClass, Object json, String written) {
        ParseResult.Value read = (ParseResult.Value) typeOf(javaClass).read(json);

        assertThat(read.java().toString()).contains("03.999999").doesNotContain("9999999");
        assertThat(written(javaClass, read.java())).isEqualTo(written);
    }

    static Stream<Arguments> written() {
        return Stream.of(
                arguments(String.class, "a\"b\n", "\"a\\\"b\\n\""),
                arguments(boolean.class, true, "true"),
                arguments(short.class, (short) -1, "-1"),
                arguments(long.class, Long.MIN_VALUE, "-9223372036854775808"),
                arguments(BigInteger.class, new BigInteger("1" + "0".repeat(30)), "1" + "0".repeat(30)),
                arguments(double.class, 0.1, "0.1"),
                arguments(BigDecimal.class, new BigDecimal("1.500"), "1.5"),
                arguments(BigDecimal.class, new BigDecimal("1E+3"), "1000"),
                arguments(BigDecimal.class, new BigDecimal("0.000"), "0"),
                arguments(Instant.class, Instant.parse("2026-11-21T01:02:03Z"), "\"2026-11-21T01:02:03.000Z\""),
                arguments(Instant.class, Instant.parse("2026-11-21T01:02:03.004999Z"), "\"2026-11-21T01:02:03.004Z\""),
                arguments(
                        OffsetDateTime.class,
                        OffsetDateTime.parse("2026-11-21T01:02:03+02:00"),
                        "\"2026-11-20T23:02:03.000Z\""),
                arguments(LocalDate.class, LocalDate.parse("2026-11-21"), "\"2026-11-21\""),
                arguments(UUID.class, UUID.fromString(UUID_TEXT), "\"" + UUID_TEXT + "\""),
                arguments(Priority.class, Priority.LOW, "\"LOW\""));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("written")
    @Tag("COL1")
    @DisplayName("[COL1] a value is written in its canonical form")
    void writes(Class<?> javaClass, Object java, String json) {
        assertThat(written(javaClass, java)).isEqualTo(json);
    }

    private static String written(Class<?> javaClass, Object java) {
        JsonText json = new JsonText();
        typeOf(javaClass).write(json, java);
        return json.toString();
    }

    @Test
    @Tag("COL2")
    @DisplayName("[COL2] a class whose values have no JSON form has no type")
    void hasNoTypeForOthers() {
        assertThat(FieldType.of(Object.class)).isEmpty();
        assertThat(FieldType.of(Byte[].class)).isEmpty();
        assertThat(FieldType.of(char[].class)).isEmpty();
    }

    static Stream<Arguments> daysAroundTheFirstOfArrays() {
        return Stream.of(
                arguments(LocalDate.class, "1582-12-31", "1583-01-01"),
                arguments(LocalDateTime.class, "1582-12-31T23:59:59", "1583-01-01T00:00"),
                arguments(Instant.class, "1582-12-31T23:59:59.999Z", "1583-01-01T00:00:00Z"),
                arguments(OffsetDateTime.class, "1583-01-01T00:59:00+01:00", "1582-12-31T23:00:00-01:00"));
    }

    @ParameterizedTest
    @MethodSource("daysAroundTheFirstOfArrays")
    @Tag("ENT20")
    @DisplayName("[ENT20] an array column holds dates and times that the persistence provider reads as they were")
    void inArrays(Class<?> javaClass, String earlier, String first) {
        FieldType<?> item = TimeTypes.inArray(typeOf(javaClass));

        assertThat(item.read(earlier))
                .isEqualTo(new ParseResult.Problem("lies outside the years 1583 to 9999 of an array column"));
        assertThat(item.read(first)).isEqualTo(typeOf(javaClass).read(first));
    }
}
