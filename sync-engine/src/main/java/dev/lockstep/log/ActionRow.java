package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An action as a row of {@code lockstep_action}: the only class that knows the order of its columns. */
record ActionRow(Action action, long commitLast) {
    static final String COLUMNS = "seq, commit_first, commit_last, application, room, collection, entity_id, kind,"
            + " bulk, number, stamp, row_after, row_before, changed_fields, scope, caller, client_id, mutation_id";

    /** Actions that a driver may hold at a time while a page is read. Rows are at most a megabyte each. */
    private static final int FETCHED_AT_ONCE = 64;

    /** The same for pages of small actions: each round trip costs as much as some dozens of small rows. */
    private static final int SMALL_FETCHED_AT_ONCE = 256;

    /** Most characters of a small action's rows. A larger one ends the large fetches of its page. */
    private static final int SMALL_CHARACTERS_MAX = 4096;

    /** Separates names of fields; no JSON name of a Java field contains it. */
    private static final String SEPARATOR = ",";

    boolean endsCommit() {
        return action.seq().value() == commitLast;
    }

    /** Its columns, and the id of its batch, as parameters of a pipelined statement. */
    static List<Object> parameters(long batchId, Commit commit, Action action) {
        LogEntry entry = action.entry();
        return List.of(
                action.seq().value(),
                commit.first().value(),
                commit.last().value(),
                entry.room().namespace(),
                entry.room().name(),
                entry.collection().value(),
                entry.entityId().value(),
                entry.kind().code(),
                entry.bulk(),
                action.number(),
                entry.stampMicros(),
                entry.rowAfter(),
                entry.rowBefore(),
                Optional.of(entry.changedFields())
                        .filter(fields -> !fields.isEmpty())
                        .map(fields -> String.join(SEPARATOR, fields)),
                entry.scope(),
                entry.caller(),
                entry.mutationId().map(MutationId::client),
                entry.mutationId().map(MutationId::value),
                batchId);
    }

    /** The rows of a query for {@link #COLUMNS}, up to a number of characters. */
    static List<ActionRow> readAll(PreparedStatement select, long charactersMax) throws SQLException {
        List<ActionRow> rows = new ArrayList<>();
        select.setFetchSize(FETCHED_AT_ONCE);
        long characters = 0;
        int small = 0;
        try (ResultSet result = select.executeQuery()) {
            while (characters < charactersMax && result.next()) {
                ActionRow row = read(result);
                rows.add(row);
                int ofRow = row.action().entry().characters();
                characters += ofRow;
                small = ofRow > SMALL_CHARACTERS_MAX ? 0 : small + 1;
                if (small == 0 || small == FETCHED_AT_ONCE) {
                    result.setFetchSize(small == 0 ? FETCHED_AT_ONCE : SMALL_FETCHED_AT_ONCE);
                }
            }
        }
        return rows;
    }

    static long characters(List<ActionRow> rows) {
        long characters = 0;
        for (ActionRow row : rows) {
            characters += row.action().entry().characters();
        }
        return characters;
    }

    private static ActionRow read(ResultSet row) throws SQLException {
        LogEntry entry = new LogEntry(
                new RoomId(row.getString(4), row.getString(5)),
                new CollectionName(row.getString(6)),
                new EntityId(row.getString(7)),
                new LogEntry.RowChange(
                        LogEntry.Kind.of(row.getString(8)),
                        Optional.ofNullable(row.getString(12)),
                        Optional.ofNullable(row.getString(13)),
                        fields(row.getString(14))),
                row.getBoolean(9),
                row.getLong(11),
                Optional.ofNullable(row.getString(15)),
                new LogEntry.Origin(
                        Optional.ofNullable(row.getString(16)), mutationId(row.getString(17), row.getString(18))));
        return new ActionRow(new Action(new Seq(row.getLong(1)), row.getLong(10), entry), row.getLong(3));
    }

    private static List<String> fields(@Nullable String joined) {
        return joined == null ? List.of() : List.of(joined.split(SEPARATOR));
    }

    private static Optional<MutationId> mutationId(@Nullable String client, @Nullable String value) {
        return client == null || value == null ? Optional.empty() : Optional.of(new MutationId(client, value));
    }
}
