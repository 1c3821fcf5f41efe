package dev.lockstep.wire.strata.frame;

import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.wire.json.PlainJson;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Encoder of the rows of one collection: canonical JSON, with timestamps and dates as milliseconds since 1970 (contract,
 * section 1.6). It scans the server's own JSON, which is flat and has no spaces, because a bootstrap has too many rows to parse.
 */
public final class StrataRows {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /** Characters of a timestamp with a four-digit year, with its quotes. */
    private static final int TIMESTAMP_CHARACTERS = "\"2026-01-01T00:00:00.000Z\"".length();

    private final String start;
    private final List<Field> expected = new ArrayList<>();
    private final String id;
    private final boolean isComposite;

    private enum Form {
        AS_IS,
        TIMESTAMP,
        DAY,
        /** The name of a room, which for a user's own room is sent without its prefix. */
        ROOM
    }

    private record Field(String name, String key, Form form) {}

    StrataRows(CollectionModel model) {
        start = "{\"__class\":" + PlainJson.quote(model.name().value());
        id = model.idField().name();
        isComposite = !model.compositeKey().isEmpty();
        for (FieldModel each : model.fields()) {
            if (each.isSent()) {
                Field field = new Field(each.name(), PlainJson.quote(each.name()) + ":", form(model, each));
                expected.add(field);
            }
        }
    }

    private static Form form(CollectionModel model, FieldModel field) {
        if (!model.hasOwnRooms() && model.roomField().filter(field::equals).isPresent()) {
            return Form.ROOM;
        }
        if (field.isTime()) {
            return Form.TIMESTAMP;
        }
        return field.isDate() ? Form.DAY : Form.AS_IS;
    }

    /** Appends a row as a line of bootstrap or batch. */
    public void appendLine(StringBuilder out, String row) {
        out.append(start);
        appendMembers(out, row, true, field -> true);
        out.append("}\n");
    }

    /** Appends a whole row as the data of an action, without an id that is composed of other fields. */
    void appendData(StringBuilder out, String row) {
        out.append('{');
        appendMembers(out, row, false, isComposite ? name -> !name.equals(id) : name -> true);
        out.append('}');
    }

    /** Appends some fields of a row as the data of an action. */
    void appendData(StringBuilder out, String row, Set<String> names) {
        out.append('{');
        appendMembers(out, row, false, names::contains);
        out.append('}');
    }

    private void appendMembers(StringBuilder out, String row, boolean follows, Predicate<String> wanted) {
        boolean separate = follows;
        int at = 1;
        for (int index = 0; row.charAt(at) == '"'; index++) {
            Field field = fieldAt(row, at, index);
            int value = at + field.key.length();
            int end = endOf(row, value);
            if (wanted.test(field.name)) {
                if (separate) {
                    out.append(',');
                }
                separate = true;
                append(out, row, at, value, end, field.form);
            }
            at = row.charAt(end) == ',' ? end + 1 : end;
        }
    }

    /** The field at a position. A row of the log may have other fields than the present entity. */
    private Field fieldAt(String row, int at, int index) {
        if (index < expected.size() && row.startsWith(expected.get(index).key, at)) {
            return expected.get(index);
        }
        int colon = endOf(row, at);
        String key = row.substring(at, colon + 1);
        for (Field each : expected) {
            if (each.key.equals(key)) {
                return each;
            }
        }
        return new Field(key.substring(1, key.length() - 2), key, Form.AS_IS);
    }

    private static void append(StringBuilder out, String row, int at, int value, int end, Form form) {
        if (form == Form.AS_IS || row.charAt(value) != '"') { // null stays null
            out.append(row, at, end);
            return;
        }
        out.append(row, at, value);
        switch (form) {
            case TIMESTAMP -> out.append(timestamp(row, value, end));
            case DAY -> out.append(day(row, value + 1, end - 1) * DAY_MILLIS);
            case ROOM -> {
                int name = value + 1;
                boolean isOwn = row.startsWith(RoomId.OWN_PREFIX, name);
                out.append('"').append(row, isOwn ? name + RoomId.OWN_PREFIX.length() : name, end);
            }
            case AS_IS -> out.append(row, value, end);
        }
    }

    private static int endOf(String row, int value) {
        char first = row.charAt(value);
        if (first == '"') {
            return endOfText(row, value);
        }
        if (first == '{' || first == '[') {
            return endOfParts(row, value);
        }
        int end = value;
        while (row.charAt(end) != ',' && row.charAt(end) != '}') {
            end++;
        }
        return end;
    }

    private static int endOfText(String row, int start) {
        int quote = row.indexOf('"', start + 1);
        while (isEscaped(row, quote)) {
            quote = row.indexOf('"', quote + 1);
        }
        return quote + 1;
    }

    /** The end of an object or an array: the bracket that closes the first one. */
    private static int endOfParts(String row, int start) {
        int depth = 0;
        int at = start;
        do {
            switch (row.charAt(at)) {
                case '"' -> at = endOfText(row, at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {} // part of a number or of a name
            }
            at++;
        } while (depth > 0);
        return at;
    }

    private static boolean isEscaped(String row, int quote) {
        int slashes = 0;
        while (row.charAt(quote - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private static long timestamp(String row, int from, int end) {
        if (end - from != TIMESTAMP_CHARACTERS) {
            return Instant.parse(row.substring(from + 1, end - 1)).toEpochMilli();
        }
        long days = day(row, from + 1, from + 11);
        long seconds = digits(row, from + 12, 2) * 3600L + digits(row, from + 15, 2) * 60L + digits(row, from + 18, 2);
        return days * DAY_MILLIS + seconds * 1000 + digits(row, from + 21, 3);
    }

    private static long day(String row, int from, int end) {
        return end - from == 10
                ? LocalDate.of(digits(row, from, 4), digits(row, from + 5, 2), digits(row, from + 8, 2))
                        .toEpochDay()
                : LocalDate.parse(row.substring(from, end)).toEpochDay();
    }

    private static int digits(String row, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            number = number * 10 + row.charAt(i) - '0';
        }
        return number;
    }
}
