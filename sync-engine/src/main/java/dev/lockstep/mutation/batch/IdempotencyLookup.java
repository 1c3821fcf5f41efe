package dev.lockstep.mutation.batch;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.Action;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.ActionLog.Range;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.idempotency.IdempotencyKey;
import dev.lockstep.mutation.idempotency.IdempotencyStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored results of mutations, for repeats that would be refused before they reach the writer. Used only then, so that
 * other mutations do not pay for the query. Blocks on the database; thread-safe.
 */
@ApplicationScoped
public class IdempotencyLookup {
    private final IdempotencyStore idempotencyStore = new IdempotencyStore();

    @Inject
    private Transactions transactions;

    @Inject
    private ActionLog log;

    IdempotencyLookup() {}

    /** A lookup in the database of these transactions. */
    @SuppressWarnings("UnnecessaryAssignment") // the container uses the other constructor
    public IdempotencyLookup(Transactions transactions, ActionLog log) {
        this.transactions = transactions;
        this.log = log;
    }

    /**
     * The stored results of a caller's earlier mutations, without their rows. Ids without a stored result are absent.
     *
     * @throws SyncException as {@code UNAVAILABLE}, if the database does not answer
     */
    public Map<MutationId, MutationResult> outcomes(Caller caller, Collection<MutationId> ids) {
        Map<String, MutationId> byKey = new HashMap<>();
        ids.forEach(id -> byKey.put(IdempotencyKey.value(caller, id), id));
        Map<MutationId, MutationResult> outcomes = new HashMap<>();
        read(connection -> idempotencyStore.find(connection, byKey.keySet()))
                .forEach((key, stored) -> Optional.ofNullable(byKey.get(key))
                        .ifPresent(id -> outcomes.put(id, result(stored, List.of()))));
        return outcomes;
    }

    /**
     * The first result of a repeated mutation. It contains rows only of the collections and rooms that the repeat names, in
     * their state at that time, and none whose actions were pruned.
     *
     * @param comparesRequests whether a different request with the same id is no repeat
     * @throws SyncException as {@code UNAVAILABLE}, if the database does not answer
     */
    public Optional<MutationResult> firstResult(Mutation mutation, boolean comparesRequests) {
        return IdempotencyKey.of(mutation)
                .flatMap(key -> read(connection -> {
                    IdempotencyStore.StoredResult stored = idempotencyStore
                            .find(connection, List.of(key.value()))
                            .get(key.value());
                    if (stored == null
                            || (comparesRequests && !stored.key().request().equals(key.request()))) {
                        return Optional.<MutationResult>empty();
                    }
                    return Optional.of(result(stored, rows(connection, mutation, stored)));
                }));
    }

    private static MutationResult result(IdempotencyStore.StoredResult stored, List<Optional<Row>> rows) {
        if (stored.refusal().isPresent()) {
            return new MutationResult.Refused(stored.refusal().get());
        }
        return new MutationResult.Applied(stored.range().map(Range::last).orElse(Seq.START), rows).again();
    }

    private List<Optional<Row>> rows(Connection connection, Mutation mutation, IdempotencyStore.StoredResult stored)
            throws SQLException {
        List<Change> changes = mutation.changes();
        List<Action> actions = stored.range().isEmpty()
                ? List.of()
                : log.read(
                        connection,
                        List.of(StoredResults.requested(stored.range().get(), stored)));
        boolean isWhole = !actions.isEmpty()
                && actions.getFirst().seq().equals(stored.range().get().first())
                && stored.shape().length() == changes.size();
        if (!isWhole) {
            return Collections.nCopies(changes.size(), Optional.empty());
        }
        List<Optional<Row>> rows = new ArrayList<>();
        Iterator<Action> next = actions.iterator();
        for (int i = 0; i < changes.size(); i++) {
            rows.add(stored.shape().charAt(i) == '+' ? row(mutation, changes.get(i), next) : Optional.empty());
        }
        return rows;
    }

    /** Actions are in the order of the changes; a moved row has two, of which the first is a delete. */
    private static Optional<Row> row(Mutation mutation, Change change, Iterator<Action> next) {
        if (!next.hasNext()) {
            return Optional.empty();
        }
        LogEntry entry = next.next().entry();
        if (entry.kind() == LogEntry.Kind.DELETE && !(change instanceof Change.Delete) && next.hasNext()) {
            entry = next.next().entry();
        }
        boolean isNamed = entry.collection().equals(change.in())
                && (entry.room().isShared() || mutation.rooms().contains(entry.room()));
        return isNamed ? Optional.of(StoredResults.row(entry)) : Optional.empty();
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T read(Query<T> query) {
        try {
            return transactions.run(scope -> query.run(scope.connection()));
        } catch (TransactionFailed e) {
            throw new SyncException(
                    ErrorCode.UNAVAILABLE, "The database did not respond in time; send the request again", e);
        }
    }
}
