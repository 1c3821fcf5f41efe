package dev.lockstep.collection.value;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/**
 * Timestamps as ISO 8601 in UTC with exactly three fraction digits, as JavaScript writes them. Hand-written, because lists
 * and deltas have one or more in each row, and a formatter was visible in their profiles.
 */
public final class IsoTimestamps {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** Years of four digits are written here, others by {@link #MILLIS}, which adds a sign. */
    private static final int YEAR_MAX = 9_999;

    private IsoTimestamps() {}

    /** Appends a timestamp, without quotes. */
    public static void append(StringBuilder text, Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > YEAR_MAX) {
            text.append(MILLIS.format(time));
            return;
        }
        digits(text, utc.getYear(), 4).append('-');
        digits(text, utc.getMonthValue(), 2).append('-');
        digits(text, utc.getDayOfMonth(), 2).append('T');
        digits(text, utc.getHour(), 2).append(':');
        digits(text, utc.getMinute(), 2).append(':');
        digits(text, utc.getSecond(), 2).append('.');
        digits(text, utc.getNano() / 1_000_000, 3).append('Z');
    }

    private static StringBuilder digits(StringBuilder text, int value, int count) {
        for (int place = powerOfTen(count - 1); place > 0; place /= 10) {
            text.append((char) ('0' + value / place % 10));
        }
        return text;
    }

    private static int powerOfTen(int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
