package dev.lockstep.mutation.idempotency;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.Seq;
import dev.lockstep.database.ParameterPadding;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.log.ActionLog.Range;
import dev.lockstep.log.Commit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stored results of mutations, in their table. Works in the transaction of the connection. */
public final class IdempotencyStore {
    /** Most results that are deleted in one transaction, which keeps it short. */
    static final int DELETED_AT_ONCE_MAX = 5_000;

    /** Most characters of a stored refusal; the rest is cut. */
    private static final int MESSAGE_CHARACTERS_MAX = 1_000;

    /**
     * A stored result.
     *
     * @param range the positions of its actions; empty if the mutation was refused or changed nothing
     * @param shape a character for each change: {@code +} if it has an action, {@code -} if there was no row to change
     * @param madeIds the ids that the server generated, in the order of the inserts without one
     */
    public record StoredResult(
            IdempotencyKey key,
            Optional<Range> range,
            String shape,
            List<EntityId> madeIds,
            Optional<Refusal> refusal) {
        public static StoredResult refused(IdempotencyKey key, Refusal refusal) {
            return new StoredResult(key, Optional.empty(), "", List.of(), Optional.of(refusal));
        }

        public static StoredResult applied(
                IdempotencyKey key, Optional<Commit> commit, String shape, List<EntityId> madeIds) {
            Optional<Range> range = commit.map(places -> new Range(places.first(), places.last()));
            return new StoredResult(key, range, shape, madeIds, Optional.empty());
        }
    }

    /** Separates ids that the server generated; they are UUIDs. */
    private static final String SEPARATOR = ",";

    /** The results stored under these keys, by the keys' values. One statement for any number of keys. */
    public Map<String, StoredResult> find(Connection connection, Collection<String> keys) throws SQLException {
        if (keys.isEmpty()) {
            return Map.of();
        }
        List<String> wanted = ParameterPadding.list(keys);
        String sql = "select mutation_key, request_hash, first_seq, last_seq, shape, made_ids, refusal_code,"
                + " refusal_message from lockstep_answer where mutation_key in ("
                + String.join(", ", Collections.nCopies(wanted.size(), "?")) + ")";
        Map<String, StoredResult> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (String key : wanted) {
                select.setString(parameter++, key);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), read(rows));
                }
            }
        }
        return found;
    }

    private static StoredResult read(ResultSet row) throws SQLException {
        long first = row.getLong(3);
        String madeIds = row.getString(6);
        String code = row.getString(7);
        return new StoredResult(
                new IdempotencyKey(row.getString(1), row.getString(2)),
                first == 0 ? Optional.empty() : Optional.of(new Range(new Seq(first), new Seq(row.getLong(4)))),
                row.getString(5),
                madeIds == null || code != null
                        ? List.of()
                        : Stream.of(madeIds.split(SEPARATOR)).map(EntityId::new).toList(),
                code == null
                        ? Optional.empty()
                        : Optional.of(new Refusal(
                                ErrorCode.valueOf(code),
                                row.getString(8),
                                madeIds == null ? List.of() : issues(madeIds))));
    }

    /** Stores results when the pipeline runs. */
    public void save(StatementPipeline closing, List<StoredResult> results, long nowMicros) {
        List<List<Object>> rows = new ArrayList<>(results.size());
        for (StoredResult stored : results) {
            rows.add(List.of(
                    stored.key().value(),
                    stored.key().request(),
                    stored.range().map(range -> range.first().value()).orElse(0L),
                    stored.range().map(range -> range.last().value()).orElse(0L),
                    stored.shape(),
                    stored.refusal().map(IdempotencyStore::issues).orElseGet(() -> joined(stored.madeIds())),
                    stored.refusal().map(refusal -> refusal.code().name()),
                    stored.refusal().map(IdempotencyStore::message),
                    nowMicros));
        }
        closing.update(
                "insert into lockstep_answer (mutation_key, request_hash, first_seq, last_seq, shape, made_ids,"
                        + " refusal_code, refusal_message, answered_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    private static Optional<String> joined(List<EntityId> ids) {
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of(ids.stream().map(EntityId::value).collect(Collectors.joining(SEPARATOR)));
    }

    /** A refusal has no generated ids: the same column holds its fields at fault, one per line. */
    private static Optional<String> issues(Refusal refusal) {
        return refusal.issues().isEmpty()
                ? Optional.empty()
                : Optional.of(refusal.issues().stream()
                        .map(issue -> issue.path() + "\t" + issue.message())
                        .collect(Collectors.joining("\n")));
    }

    private static List<Issue> issues(String stored) {
        return stored.lines()
                .map(line -> line.split("\t", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> new Issue(parts[0], parts[1]))
                .toList();
    }

    private static String message(Refusal refusal) {
        String message = refusal.message();
        return message.length() <= MESSAGE_CHARACTERS_MAX ? message : message.substring(0, MESSAGE_CHARACTERS_MAX);
    }

    /**
     * Deletes some of the results that were stored before a time, in microseconds since 1970.
     *
     * @return the number of deleted results
     */
    int deleteOlderThan(Connection connection, long beforeMicros) throws SQLException {
        String sql = "delete from lockstep_answer where mutation_key in (select mutation_key from lockstep_answer"
                + " where answered_at < ? fetch first " + DELETED_AT_ONCE_MAX + " rows only)";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, beforeMicros);
            return delete.executeUpdate();
        }
    }
}
