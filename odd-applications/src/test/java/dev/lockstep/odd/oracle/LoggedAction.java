package dev.lockstep.odd.oracle;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One action as the log's table has it.
 *
 * @param kind {@code I}, {@code U}, {@code D}, {@code A} or {@code V}
 * @param row the row after it; null for a delete
 * @param mutation the id of the mutation that it belongs to; null if it has none
 */
record LoggedAction(
        long seq,
        String room,
        String collection,
        String id,
        char kind,
        @Nullable JsonObject row,
        @Nullable String mutation) {
    static final String COLUMNS = "seq, room, collection, entity_id, kind, row_after, mutation_id";

    static LoggedAction of(JsonObject read) {
        String row = read.isNull("row_after") ? null : read.getString("row_after");
        return new LoggedAction(
                Long.parseLong(read.getString("seq")),
                read.getString("room"),
                read.getString("collection"),
                read.getString("entity_id"),
                read.getString("kind").charAt(0),
                row == null ? null : Rows.parse(row),
                read.isNull("mutation_id") ? null : read.getString("mutation_id"));
    }
}
