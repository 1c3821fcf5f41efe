package dev.lockstep.odd.random;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field of a collection.
 *
 * @param name on the wire
 * @param column in the database; of a value with parts empty
 * @param isSent whether clients give it values; else the server or the database does
 * @param refersTo the name of the collection whose ids it holds; null if it holds none
 * @param parts the members of a value with parts, which have columns of their own
 */
public record OddField(
        String name,
        String column,
        Kind kind,
        boolean isSent,
        @Nullable String refersTo,
        List<OddField> parts,
        Set<Option> options) {
    /** Special properties of a field. */
    public enum Option {
        /** The rows that it refers to are in the same room. */
        RELATION,
        /** Its value is the id of its row, which is that of a row of another collection, too. */
        IS_ID,
        /** Rows of other classes do not have it. */
        OF_SOME_CLASSES,
        /** It is sent when a row is inserted, and not changed later. */
        ON_INSERT,
        /** An instant or a date, which Strata's clients have as milliseconds since 1970. */
        MILLIS,
        /** It is a part of the id, in the order of the fields, sent when a row is inserted. */
        PART,
        /**
         * An array with rows of a table of its own, which is its {@link #column}: {@code null} is an empty array. Its parts
         * are the members of an item; an item without members is in the column {@code item}.
         */
        ITEMS,
        /** Its items have an order, by the column {@code place} of their table. */
        ORDERED,
        /** It is a number, or its items are. */
        NUMBERS
    }

    private static OddField of(String name, String column, Kind kind, boolean isSent, Option... options) {
        return new OddField(name, column, kind, isSent, null, List.of(), Set.of(options));
    }

    static OddField sent(String name, String column, Kind kind, Option... options) {
        return of(name, column, kind, true, options);
    }

    static OddField given(String name, String column, Kind kind) {
        return of(name, column, kind, false);
    }

    static OddField reference(String name, String column, String collection, Option... options) {
        return new OddField(name, column, Kinds.text(255), true, collection, List.of(), Set.of(options));
    }

    /** The id of another row of the same room. */
    static OddField relation(String name, String column, String collection) {
        return new OddField(name, column, Kinds.id(), true, collection, List.of(), Set.of(Option.RELATION));
    }

    /** The id of another row, which is known before the row is inserted: that of its room, or its own. */
    static OddField known(String name, String column, String collection, Option... options) {
        return new OddField(name, column, Kinds.text(255), false, collection, List.of(), Set.of(options));
    }

    /** An object whose members may be sent by themselves. */
    static OddField object(String name, List<String> usual, List<String> odd, OddField... parts) {
        return new OddField(name, "", Kinds.object(usual, odd), true, null, List.of(parts), Set.of());
    }

    /** An array with rows of a table of its own, whose items have members. */
    static OddField items(String name, String table, Kind kind, Set<Option> options, OddField... members) {
        return new OddField(name, table, kind, true, null, List.of(members), options);
    }

    /** The same with another property. */
    OddField as(Option more) {
        Set<Option> all = new HashSet<>(options);
        all.add(more);
        return new OddField(name, column, kind, isSent, refersTo, parts, Set.copyOf(all));
    }

    /** Whether it is an object whose members may be sent by themselves. */
    public boolean isObject() {
        return !parts.isEmpty() && !is(Option.ITEMS);
    }

    /** The columns of its values, by JSON pointers to them within a value of the field. */
    public Map<String, String> columns() {
        if (!isObject()) {
            return Map.of("", column);
        }
        Map<String, String> columns = new LinkedHashMap<>();
        parts.forEach(part ->
                part.columns().forEach((pointer, each) -> columns.put("/" + part.name() + pointer, each)));
        return columns;
    }

    /** Whether it has a property. */
    public boolean is(Option option) {
        return options.contains(option);
    }

    /** Whether clients received the server's correct form of the sent value. */
    public boolean isKept(JsonValue sent, JsonValue received) {
        boolean isCleared = received.equals(JsonValue.NULL);
        if (isCleared && is(Option.OF_SOME_CLASSES)) {
            return true;
        }
        if (sent.equals(JsonValue.NULL) && is(Option.ITEMS)) {
            return received instanceof JsonArray items && items.isEmpty();
        }
        if (isObject() && sent instanceof JsonObject members) {
            return parts.stream()
                    .filter(part -> members.containsKey(part.name()))
                    .allMatch(part -> part.isKept(member(members, part), member(received, part)));
        }
        boolean isNone = sent.equals(JsonValue.NULL) || isCleared;
        return isNone ? sent.equals(received) : kind.isKept().test(sent, received);
    }

    private static JsonValue member(JsonValue value, OddField part) {
        return value instanceof JsonObject members ? members.getOrDefault(part.name(), JsonValue.NULL) : JsonValue.NULL;
    }

    /**
     * Whether the database has the value that clients received.
     *
     * @param columns the row, each value as text
     */
    public boolean isStored(JsonObject columns, JsonValue received) {
        if (isObject()) {
            return parts.stream().allMatch(part -> part.isStored(columns, member(received, part)));
        }
        String stored = columns.isNull(column) ? null : columns.getString(column);
        boolean isNone = stored == null || received.equals(JsonValue.NULL);
        return isNone
                ? stored == null && received.equals(JsonValue.NULL)
                : kind.isStored().test(stored, received);
    }
}
