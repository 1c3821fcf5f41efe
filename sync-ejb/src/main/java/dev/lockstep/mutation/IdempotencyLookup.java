package dev.lockstep.mutation;

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
import dev.lockstep.log.Entry;
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
 * The stored results of mutations, for repeats that would be refused before they reach the writer. Asked only then, so that
 * no other mutation pays for it. Blocks on the database; thread-safe.
 */
@ApplicationScoped
public class IdempotencyLookup {
    private final Answers answers = new Answers();

    @Inject
    private Transactions transactions;

    @Inject
    private ActionLog log;

    /**
     * The results of a caller's earlier mutations, without their rows; none of those that are not stored.
     *
     * @throws SyncException as {@code UNAVAILABLE}, if the database does not answer
     */
    public Map<MutationId, MutationResult> outcomes(Caller caller, Collection<MutationId> ids) {
        Map<String, MutationId> byKey = new HashMap<>();
        ids.forEach(id -> byKey.put(MutationKey.value(caller, id), id));
        Map<MutationId, MutationResult> outcomes = new HashMap<>();
        read(connection -> answers.find(connection, byKey.keySet()))
                .forEach((key, kept) ->
                        Optional.ofNullable(byKey.get(key)).ifPresent(id -> outcomes.put(id, result(kept, List.of()))));
        return outcomes;
    }

    /**
     * The first result of a mutation that is asked for again. It shows rows only of the collections and rooms that the
     * mutation names now, as they were then, and none that the log has pruned.
     *
     * @param comparesRequests whether it is no repeat if it asks for something else than the first
     * @throws SyncException as {@code UNAVAILABLE}, if the database does not answer
     */
    public Optional<MutationResult> firstResult(Mutation mutation, boolean comparesRequests) {
        return MutationKey.of(mutation)
                .flatMap(key -> read(connection -> {
                    Answers.Kept kept =
                            answers.find(connection, List.of(key.value())).get(key.value());
                    if (kept == null
                            || (comparesRequests && !kept.key().request().equals(key.request()))) {
                        return Optional.<MutationResult>empty();
                    }
                    return Optional.of(result(kept, rows(connection, mutation, kept)));
                }));
    }

    private static MutationResult result(Answers.Kept kept, List<Optional<Row>> rows) {
        if (kept.refusal().isPresent()) {
            return new MutationResult.Refused(kept.refusal().get());
        }
        return new MutationResult.Applied(kept.range().map(Range::last).orElse(Seq.START), rows).again();
    }

    private List<Optional<Row>> rows(Connection connection, Mutation mutation, Answers.Kept kept) throws SQLException {
        List<Change> changes = mutation.changes();
        List<Action> actions = kept.range().isEmpty()
                ? List.of()
                : log.read(connection, List.of(FirstAnswers.asked(kept.range().get(), kept)));
        boolean isWhole = !actions.isEmpty()
                && actions.getFirst().seq().equals(kept.range().get().first())
                && kept.shape().length() == changes.size();
        if (!isWhole) {
            return Collections.nCopies(changes.size(), Optional.empty());
        }
        List<Optional<Row>> rows = new ArrayList<>();
        Iterator<Action> next = actions.iterator();
        for (int i = 0; i < changes.size(); i++) {
            rows.add(kept.shape().charAt(i) == '+' ? row(mutation, changes.get(i), next) : Optional.empty());
        }
        return rows;
    }

    /** Actions are in the order of the changes; a row that moved has two, and the first is that it left. */
    private static Optional<Row> row(Mutation mutation, Change change, Iterator<Action> next) {
        if (!next.hasNext()) {
            return Optional.empty();
        }
        Entry entry = next.next().entry();
        if (entry.kind() == Entry.Kind.DELETE && !(change instanceof Change.Delete) && next.hasNext()) {
            entry = next.next().entry();
        }
        boolean isNamed = entry.collection().equals(change.in())
                && (entry.room().isShared() || mutation.rooms().contains(entry.room()));
        return isNamed ? Optional.of(FirstAnswers.row(entry)) : Optional.empty();
    }

    /** A question to the database. */
    @FunctionalInterface
    private interface Question<T> {
        T query(Connection connection) throws SQLException;
    }

    private <T> T read(Question<T> question) {
        try {
            return transactions.run(scope -> question.query(scope.connection()));
        } catch (TransactionFailed e) {
            throw new SyncException(ErrorCode.UNAVAILABLE, "The database did not answer in time; send it again", e);
        }
    }
}
