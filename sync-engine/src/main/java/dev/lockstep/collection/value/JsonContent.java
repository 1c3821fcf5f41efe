package dev.lockstep.collection.value;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of a JSON column as text in one form: names sorted, no blanks, numbers without redundant zeros. Databases
 * store JSON in forms of their own.
 */
public record JsonContent(String text) {
    /** Most levels of arrays and objects. */
    static final int DEPTH_MAX = 100;

    /** The content of plain values: maps, collections, texts, numbers, booleans and null. */
    static JsonContent of(@Nullable Object plain) {
        JsonText json = new JsonText();
        write(json, plain, 0);
        return new JsonContent(json.toString());
    }

    /** The order of the items of a set: numbers by their values, others by the characters of their JSON. */
    static int compare(@Nullable Object a, @Nullable Object b) {
        return a instanceof Number number && b instanceof Number other
                ? new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString()))
                : of(a).text().compareTo(of(b).text());
    }

    /** @throws IllegalArgumentException for any other value, and for what databases do not store */
    private static void write(JsonText json, @Nullable Object plain, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("has more than " + DEPTH_MAX + " levels");
        }
        switch (plain) {
            case null -> json.raw("null");
            case String text -> string(json, text);
            case Boolean truth -> json.literal(truth);
            case Number number -> number(json, new BigDecimal(number.toString()));
            case Map<?, ?> map -> object(json, map, depth);
            case Collection<?> items -> {
                String before = "[";
                for (Object item : items) {
                    write(json.raw(before), item, depth + 1);
                    before = ",";
                }
                json.raw(items.isEmpty() ? "[]" : "]");
            }
            default -> throw new IllegalArgumentException("has a value of " + plain.getClass());
        }
    }

    private static void object(JsonText json, Map<?, ?> map, int depth) {
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        String before = "{";
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            string(json.raw(before), member.getKey());
            write(json.raw(":"), member.getValue(), depth + 1);
            before = ",";
        }
        json.raw(sorted.isEmpty() ? "{}" : "}");
    }

    private static void string(JsonText json, String text) {
        if (!FieldType.isStorable(text)) {
            throw new IllegalArgumentException("holds a NUL or half a surrogate pair");
        }
        json.string(text);
    }

    private static void number(JsonText json, BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        if (Math.abs((long) shortest.scale()) > NumberTypes.DIGITS_MAX
                || shortest.precision() > NumberTypes.DIGITS_MAX) {
            throw new IllegalArgumentException("has a number of more than " + NumberTypes.DIGITS_MAX + " digits");
        }
        json.literal((shortest.scale() < 0 ? shortest.setScale(0) : shortest).toPlainString());
    }
}
