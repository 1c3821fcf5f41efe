package dev.lockstep.collection.value;

import dev.lockstep.collection.value.ParseResult.Problem;
import dev.lockstep.collection.value.ParseResult.Value;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The types of dates, times and durations. */
public final class TimeTypes {
    /** The years that JavaScript writes with four digits; every database stores them. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final Problem OUTSIDE_YEARS = new Problem("lies outside the years 1 to 9999");

    /**
     * The first year that has the same days in the calendar of {@link Date}, through which the JPA provider reads arrays: before
     * 15 October 1582 that is the Julian one.
     */
    private static final int FIRST_IN_ARRAYS = 1583;

    private static final Problem BEFORE_ARRAYS =
            new Problem("lies outside the years " + FIRST_IN_ARRAYS + " to 9999 of an array column");

    /** The longest duration: its nanoseconds have the 21 digits of the JPA provider's column. */
    private static final Duration LONGEST = Duration.ofSeconds(999_999_999_999L);

    private static final String WITH_ZONE = " and time with its zone, as in 2026-11-21T08:30:00Z";

    /** Times of the old classes have milliseconds. The database may hold microseconds, which a Timestamp keeps. */
    @SuppressWarnings("JavaUtilDate") // entities of existing applications have it
    private static final EntityForm OLD_DATE = EntityForm.of(
            date -> date instanceof Timestamp time
                    ? time.toInstant().truncatedTo(ChronoUnit.MICROS)
                    : Instant.ofEpochMilli(((Date) date).getTime()),
            instant -> Timestamp.from((Instant) instant));

    /** Databases do not keep the zone. */
    private static final EntityForm ZONED = EntityForm.of(
            time -> ((ZonedDateTime) time).toInstant().truncatedTo(ChronoUnit.MICROS),
            instant -> ((Instant) instant).atZone(ZoneOffset.UTC));

    @SuppressWarnings("JavaUtilDate") // entities of existing applications have it
    private static final EntityForm CALENDAR = EntityForm.of(calendar -> ((Calendar) calendar).toInstant(), instant -> {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        calendar.setTimeInMillis(((Instant) instant).toEpochMilli());
        return calendar;
    });

    static final Map<Class<?>, FieldType<?>> ALL = all();

    private TimeTypes() {}

    private static Map<Class<?>, FieldType<?>> all() {
        FieldType<Instant> instant = new FieldType<>(JsonKind.text("date"), TimeTypes::readInstant, JsonText::time);
        Map<Class<?>, FieldType<?>> types = new LinkedHashMap<>();
        types.put(Instant.class, instant);
        types.put(Date.class, instant.in(OLD_DATE));
        types.put(Timestamp.class, instant.in(OLD_DATE));
        types.put(ZonedDateTime.class, instant.in(ZONED));
        types.put(
                OffsetDateTime.class,
                TimeTypes.<OffsetDateTime>read(
                        "date", WITH_ZONE, TimeTypes::offsetDateTime, (json, time) -> json.time(time.toInstant())));
        types.put(
                LocalDateTime.class,
                read(
                        "date and time",
                        " without a zone, as in 2026-11-21T08:30:00",
                        TimeTypes::localDateTime,
                        TimeTypes::writeText));
        types.put(Calendar.class, instant.in(CALENDAR));
        types.put(LocalTime.class, read("time", ", as in 08:30:00", TimeTypes::localTime, TimeTypes::writeText));
        types.put(LocalDate.class, read("day", ", as in 2026-11-21", TimeTypes::localDate, TimeTypes::writeText));
        types.put(
                Duration.class,
                read("duration", ", as in PT1H30M or PT0.5S", TimeTypes::duration, TimeTypes::writeText));
        types.put(
                ZoneId.class,
                FieldType.text(
                                "time zone",
                                ", as in Europe/Berlin",
                                text -> ZoneId.of(text).getId())
                        .in(EntityForm.of(zone -> ((ZoneId) zone).getId(), zone -> ZoneId.of((String) zone))));
        types.put(
                ZoneOffset.class,
                FieldType.text(
                                "offset",
                                ", as in +02:00",
                                text -> ZoneOffset.of(text).getId())
                        .in(EntityForm.of(
                                offset -> ((ZoneOffset) offset).getId(), offset -> ZoneOffset.of((String) offset))));
        return types;
    }

    /** The type of the items of an array column: of dates and times, those that the JPA provider reads as they were. */
    static <T> FieldType<T> inArray(FieldType<T> item) {
        return new FieldType<>(
                item.kind(),
                json -> {
                    ParseResult read = item.read(json);
                    return read instanceof Value value && isBeforeArrays(value.java()) ? BEFORE_ARRAYS : read;
                },
                item.writer(),
                item.form());
    }

    private static boolean isBeforeArrays(Object value) {
        return switch (value) {
            case Instant time -> time.atOffset(ZoneOffset.UTC).getYear() < FIRST_IN_ARRAYS;
            case OffsetDateTime time ->
                time.withOffsetSameInstant(ZoneOffset.UTC).getYear() < FIRST_IN_ARRAYS;
            case LocalDateTime time -> time.getYear() < FIRST_IN_ARRAYS;
            case LocalDate day -> day.getYear() < FIRST_IN_ARRAYS;
            default -> false;
        };
    }

    private static ParseResult readInstant(Object json) {
        if (json instanceof Long millis) {
            return instant(Instant.ofEpochMilli(millis));
        }
        return FieldType.parse(
                json,
                "date",
                WITH_ZONE,
                text -> instant(OffsetDateTime.parse(text).toInstant()));
    }

    // Databases round to microseconds. The value that is sent before the commit must equal the value that is read
    // later, so times are truncated here.
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

    private static ParseResult duration(String text) {
        Duration value = Duration.parse(text);
        return value.abs().compareTo(LONGEST) <= 0
                ? new Value(value)
                : new Problem("is longer than " + LONGEST.toSeconds() + " seconds");
    }

    private static void writeText(JsonText json, Object value) {
        json.string(value.toString());
    }

    private static <V> FieldType<V> read(
            String expected, String example, Function<String, ParseResult> reader, BiConsumer<JsonText, V> writer) {
        return new FieldType<>(
                JsonKind.text(expected), json -> FieldType.parse(json, expected, example, reader), writer);
    }
}
