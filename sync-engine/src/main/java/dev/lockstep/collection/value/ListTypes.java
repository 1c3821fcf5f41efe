package dev.lockstep.collection.value;

import dev.lockstep.collection.value.ListForm.Order;
import dev.lockstep.collection.value.ParseResult.Problem;
import dev.lockstep.collection.value.ParseResult.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of arrays and collections, which are replaced as a whole. */
final class ListTypes {
    /** Most items of a list. */
    static final int ITEMS_MAX = 10_000;

    private ListTypes() {}

    /** A list in a column of its row. */
    static FieldType<?> inColumn(Class<?> javaClass, FieldType<?> item) {
        return type(item, new ListForm(javaClass, item, order(javaClass, true), false));
    }

    /** A list whose items have a table of their own. */
    static FieldType<?> inTable(Class<?> javaClass, FieldType<?> item, boolean ordered) {
        return type(item, new ListForm(javaClass, item, order(javaClass, ordered), true));
    }

    private static Order order(Class<?> javaClass, boolean ordered) {
        if (Set.class.isAssignableFrom(javaClass)) {
            return Order.SORTED_DISTINCT;
        }
        return ordered ? Order.KEPT : Order.SORTED;
    }

    private static FieldType<List<@Nullable Object>> type(FieldType<?> item, ListForm form) {
        String expected = "array of " + item.expected();
        return new FieldType<>(
                expected,
                json -> read(json, expected, item, form),
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
                case Value value -> items.add(ObjectPatch.applied(value.java(), null));
                case Problem problem -> {
                    return problem.in(String.valueOf(i));
                }
            }
        }
        return new Value(form.inOrder(items));
    }
}
