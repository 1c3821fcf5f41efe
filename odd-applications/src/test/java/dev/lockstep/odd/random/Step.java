package dev.lockstep.odd.random;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A client's request, without the names that differ from run to run: a row is identified by the number of the step's
 * item that inserted it, and in values by {@link #reference}.
 *
 * @param number its place among the steps of a seed; from 1
 * @param user the caller
 * @param elsewhere whether it is for the other room of the run
 * @param scope the request's scope; empty if none
 * @param repeats the step whose request is sent again in place of one of its own
 */
public record Step(
        int number,
        OddCollection collection,
        Action action,
        Dialect dialect,
        String user,
        boolean elsewhere,
        String scope,
        List<Item> items,
        OptionalInt repeats) {
    /** The kind of request. */
    public enum Action {
        INSERT,
        UPDATE,
        DELETE,
        BULK_INSERT,
        BULK_UPDATE,
        BULK_DELETE,
        ARCHIVE,
        UNARCHIVE
    }

    /** The form of the request. */
    public enum Dialect {
        NATIVE,
        STRATA
    }

    /**
     * One row of a step.
     *
     * @param row the number of the row
     * @param id the id that a new row is sent with, as JSON
     * @param values the sent values of its fields, as JSON
     */
    public record Item(int row, String id, Map<String, String> values) {
        public Item {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    public Step {
        items = List.copyOf(items);
    }

    /** The placeholder for the id of a row, as JSON. */
    public static String reference(int row) {
        return "\"\u27e6" + row + "\u27e7\"";
    }

    /** Whether all values are of the usual kind, so that only the rules of the collections decide the outcome. */
    public boolean isUsual() {
        return dialect == Dialect.NATIVE
                && repeats.isEmpty()
                && items.stream()
                        .allMatch(item -> isReference(item.id())
                                && item.values().entrySet().stream()
                                        .allMatch(each -> isUsual(each.getKey(), each.getValue())));
    }

    private boolean isUsual(String name, String value) {
        OddField field = collection.field(name).orElseThrow();
        return field.refersTo() == null
                ? field.kind().usual().contains(value)
                : value.equals("null") || isReference(value);
    }

    private static boolean isReference(String value) {
        return value.startsWith("\"\u27e6");
    }

    /** Whether it inserts rows. */
    public boolean inserts() {
        return action == Action.INSERT || action == Action.BULK_INSERT;
    }

    /** Whether it changes existing rows. */
    public boolean updates() {
        return action == Action.UPDATE || action == Action.BULK_UPDATE;
    }
}
