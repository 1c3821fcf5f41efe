package dev.lockstep.collection;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/**
 * The values of rows as JSON (RFC 8259), in the one form that answers, log, frames and lists share. Measured on a list of
 * 10,000 rows: a JSON generator for each row, and a formatter for each time, took half of the time that reading took.
 */
final class JsonText {
    /** ISO 8601 in UTC with exactly three fraction digits, as JavaScript writes times. */
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** Years of four digits are written here, others by {@link #MILLIS}, which gives them a sign. */
    private static final int YEAR_MAX = 9_999;

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder(256);

    /** Text that is JSON already: brackets, names with their colons. */
    JsonText raw(String json) {
        text.append(json);
        return this;
    }

    /** A number or a boolean, as Java writes it. */
    void literal(Object value) {
        text.append(value);
    }

    void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        text.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < ' ') {
                    text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
                } else {
                    text.append(c);
                }
            }
        }
    }

    void time(Instant value) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(value.getEpochSecond(), value.getNano(), ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > YEAR_MAX) {
            string(MILLIS.format(value));
            return;
        }
        text.append('"');
        digits(utc.getYear(), 4).append('-');
        digits(utc.getMonthValue(), 2).append('-');
        digits(utc.getDayOfMonth(), 2).append('T');
        digits(utc.getHour(), 2).append(':');
        digits(utc.getMinute(), 2).append(':');
        digits(utc.getSecond(), 2).append('.');
        digits(utc.getNano() / 1_000_000, 3).append("Z\"");
    }

    private StringBuilder digits(int value, int count) {
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

    @Override
    public String toString() {
        return text.toString();
    }
}
