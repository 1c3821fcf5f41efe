package dev.lockstep.wire.channels.frame;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stamps in rows, as clients 1.x compare them: ISO 8601 with milliseconds. Thread-safe. */
public final class RowStamps {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private RowStamps() {}

    /** A stamp in milliseconds since 1970; empty if the value is no stamp. */
    public static Optional<Long> millis(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    DateTimeFormatter.ISO_DATE_TIME.parse(text, Instant::from).toEpochMilli());
        } catch (DateTimeParseException | ArithmeticException noStamp) {
            return Optional.empty();
        }
    }

    /**
     * A JSON text whose rows have no earlier stamp than this one.
     *
     * @param field the field with the stamps
     * @param depth the depth of the rows in the text: 1 for a row
     */
    public static String raised(String json, String field, int depth, long millis) {
        String least = MILLIS.format(Instant.ofEpochMilli(millis));
        String key = "\"" + field + "\":\"";
        StringBuilder raised = new StringBuilder(json.length());
        int copied = 0;
        int level = 0;
        int at = 0;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c == '{' || c == '[') {
                level++;
            } else if (c == '}' || c == ']') {
                level--;
            } else if (c == '"') {
                boolean isStamp = level == depth && json.startsWith(key, at);
                int end = isStamp ? endOfText(json, at + key.length() - 1) : endOfText(json, at);
                if (isStamp
                        && millis(json.substring(at + key.length(), end))
                                .filter(old -> old < millis)
                                .isPresent()) {
                    raised.append(json, copied, at + key.length()).append(least);
                    copied = end;
                }
                at = end;
            }
            at++;
        }
        return raised.append(json, copied, json.length()).toString();
    }

    /** The closing quotation mark of the text that opens here. */
    private static int endOfText(String json, int opening) {
        int at = opening + 1;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
