package dev.lockstep.collection.value;

import dev.lockstep.collection.value.ParseResult.Problem;
import dev.lockstep.collection.value.ParseResult.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of arrays and collections, which are replaced as a whole. */
final class ListTypes {
    /** Most items of a list. */
    static final int ITEMS_MAX = 10_000;

    private ListTypes() {}

    /** A list in a column of its row. */
    static FieldType<?> inColumn(Class<?> javaClass, FieldType<?> item) {
        FieldType<?> stored = TimeTypes.inArray(item);
        return type(stored, new ListForm(javaClass, stored));
    }

    /** A list in a table of its own. */
    static FieldType<?> inTable(Class<?> javaClass, FieldType<?> item, boolean isOrdered, String terms) {
        return type(item, new ListForm(javaClass, item, isOrdered, terms));
    }

    private static FieldType<List<@Nullable Object>> type(FieldType<?> item, ListForm form) {
        JsonKind kind = new JsonKind.ArrayOf(item);
        return new FieldType<>(
                kind,
                json -> read(json, kind.expected(), item, form),
                (json, list) -> {
                    String before = "[";
                    for (Object value : list) {
                        item.writeNullable(json.raw(before), value);
                        before = ",";
                    }
                    json.raw(list.isEmpty() ? "[]" : "]");
                },
                form);
    }

    private static ParseResult read(Object json, String expected, FieldType<?> item, ListForm form) {
        if (!(json instanceof List<?> sent)) {
            return Problem.expected(expected, json);
        }
        if (sent.size() > ITEMS_MAX) {
            return new Problem("has more than " + ITEMS_MAX + " items");
        }
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            Object each = sent.get(i);
            ParseResult read = each == null ? Problem.expected(item.expected(), null) : item.read(each);
            switch (read) {
                case Value value -> {
                    Object applied = ObjectPatch.applied(value.java(), null);
                    if (applied == null) {
                        return new Problem("has no value", String.valueOf(i));
                    }
                    items.add(applied);
                }
                case Problem problem -> {
                    return problem.in(String.valueOf(i));
                }
            }
        }
        return new Value(form.inOrder(items));
    }
}
