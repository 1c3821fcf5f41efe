package dev.lockstep.mutation.batch;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.EntityIds;
import dev.lockstep.collection.catalog.ConstraintCatalog;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.Transactions.Scope;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.RoomStamps;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.Verdict;
import dev.lockstep.mutation.idempotency.IdempotencyKey;
import dev.lockstep.mutation.idempotency.IdempotencyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One try at one group: what happens between the begin and the commit of its transaction. Locks in one order, like
 * every writer: rooms, rows, head.
 */
public final class BatchTransaction {
    /** Longest wait for a lock of the parts of a group that waited {@link WritingTransactions#LOCK_WAIT_MAX} in vain. */
    static final Duration LOCK_WAIT_APART_MAX = Duration.ofMillis(200);

    private final List<QueuedMutation> batch;
    private final List<QueuedMutation> ahead;
    private final ActionLog log;
    private final EntityIds ids;
    private final long groupId;
    private final long nowMicros;
    private final Duration lockWait;
    private final boolean onTrust;
    private final boolean again;
    private final ConstraintCatalog catalog;
    private final IdempotencyStore idempotencyStore = new IdempotencyStore();
    private boolean atRows;
    private int storedVerdicts;

    /**
     * A try.
     *
     * @param ahead what waits already for somebody's lock: nobody who came later overtakes it, of the same client or for
     *     the same row
     * @param groupId a random number, by which a commit without an answer is found again
     * @param nowMicros the time, in microseconds since 1970
     * @param lockWait the longest wait for a lock that cannot be skipped
     * @param onTrust whether it takes for granted that nothing was answered before and no new id is taken; if that turns
     *     out wrong, the transaction fails with the SQLSTATE of a taken key
     * @param again whether the database has refused these mutations before: then rows are written in an order that every
     *     key allows, and it is told apart by what they are refused, which takes more messages
     */
    public BatchTransaction(
            List<QueuedMutation> batch,
            List<QueuedMutation> ahead,
            ActionLog log,
            EntityIds ids,
            long groupId,
            long nowMicros,
            Duration lockWait,
            boolean onTrust,
            boolean again,
            ConstraintCatalog catalog) {
        this.batch = batch;
        this.ahead = List.copyOf(ahead);
        this.log = log;
        this.ids = ids;
        this.groupId = groupId;
        this.nowMicros = nowMicros;
        this.lockWait = lockWait;
        this.onTrust = onTrust;
        this.again = again;
        this.catalog = catalog;
    }

    /** Whether it is, or ended, at the rows of its mutations, and not at those of rooms and log. */
    boolean isWritingRows() {
        return atRows;
    }

    public BatchOutcome run(Scope scope) throws SQLException {
        Connection connection = scope.connection();
        RoomStamps stamps = RoomStamps.lock(WritingTransactions.opening(connection, lockWait), rooms());
        Map<String, IdempotencyStore.StoredResult> known =
                onTrust ? Map.of() : idempotencyStore.find(connection, keys(batch));
        RowRepository stored = new RowRepository(scope.entities());
        BatchRows rows = new BatchRows(stored);
        atRows = true;
        rows.lock(unanswered(known), onTrust);
        List<Verdict> verdicts = evaluate(connection, new MutationEvaluator(rows, stamps, ids, nowMicros), rows, known);
        if (onTrust) {
            queryStoredResults(connection, verdicts);
        }
        store(connection, rows, verdicts);
        StoredResults repeats = StoredResults.of(answered(verdicts), log, connection, stored);
        StatementPipeline closing = new StatementPipeline(connection);
        if (writes(verdicts)) {
            WritingTransactions.checkConstraints(closing);
        }
        if (again) {
            closing.execute();
        }
        atRows = false;
        stamps.save(closing);
        List<Commit> commits = log.append(closing, groupId, entries(verdicts)); // locks the head row
        List<Decision> decisions = decisions(verdicts, commits);
        idempotencyStore.save(closing, kept(decisions), nowMicros);
        closing.execute();
        return outcome(decisions, repeats);
    }

    private static boolean writes(List<Verdict> verdicts) {
        return verdicts.stream()
                .anyMatch(verdict -> verdict instanceof Verdict.Accepted accepted
                        && !accepted.entries().isEmpty());
    }

    private Set<RoomId> rooms() {
        return batch.stream().flatMap(queued -> queued.rooms().stream()).collect(Collectors.toSet());
    }

    private static Set<String> keys(List<QueuedMutation> mutations) {
        return mutations.stream()
                .flatMap(queued -> queued.key().stream())
                .map(IdempotencyKey::value)
                .collect(Collectors.toSet());
    }

    /** An answer that is not kept finds no key in its way: of these it is asked whether there is an earlier one. */
    private void queryStoredResults(Connection connection, List<Verdict> verdicts) throws SQLException {
        List<QueuedMutation> notKept = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (!isKept(batch.get(i), verdicts.get(i))) {
                notKept.add(batch.get(i));
            }
        }
        if (!idempotencyStore.find(connection, keys(notKept)).isEmpty()) {
            throw new SQLException("a mutation of the group was answered before", DatabaseRefusals.UNIQUE_VIOLATION);
        }
    }

    private List<QueuedMutation> unanswered(Map<String, IdempotencyStore.StoredResult> known) {
        return batch.stream()
                .filter(queued -> storedResult(queued, known).isEmpty())
                .toList();
    }

    private static Optional<IdempotencyStore.StoredResult> storedResult(
            QueuedMutation queued, Map<String, IdempotencyStore.StoredResult> known) {
        return queued.key().flatMap(key -> Optional.ofNullable(known.get(key.value())));
    }

    private List<Verdict> evaluate(
            Connection connection,
            MutationEvaluator evaluator,
            BatchRows rows,
            Map<String, IdempotencyStore.StoredResult> known)
            throws SQLException {
        List<Verdict> verdicts = new ArrayList<>(batch.size());
        Map<String, Integer> inGroup = new HashMap<>();
        Map<String, Long> heldClients = new HashMap<>();
        ahead.forEach(queued -> block(queued, rows, heldClients));
        for (int i = 0; i < batch.size(); i++) {
            QueuedMutation queued = batch.get(i);
            if (rows.needsStored(queued.changes())) {
                store(connection, rows, verdicts);
            }
            Verdict verdict = verdict(queued, evaluator, rows, known, inGroup, heldClients);
            if (verdict instanceof Verdict.Blocked) {
                block(queued, rows, heldClients);
            } else {
                int index = i;
                queued.key().ifPresent(key -> inGroup.putIfAbsent(key.value(), index));
            }
            verdicts.add(verdict);
        }
        return verdicts;
    }

    /** Writes what is judged; where the database may have stored it otherwise, the verdicts tell what it stored. */
    private void store(Connection connection, BatchRows rows, List<Verdict> verdicts) throws SQLException {
        StoredRows stored = again ? rows.storeInSteps(connection, catalog) : rows.store();
        for (int i = storedVerdicts; i < verdicts.size(); i++) {
            verdicts.set(i, stored.withStoredRows(verdicts.get(i), batch.get(i)));
        }
        storedVerdicts = verdicts.size();
    }

    private static void block(QueuedMutation queued, BatchRows rows, Map<String, Long> heldClients) {
        rows.block(queued.changes(), queued.queuedAtNanos());
        client(queued).ifPresent(client -> heldClients.merge(client, queued.queuedAtNanos(), BatchRows::earlier));
    }

    private Verdict verdict(
            QueuedMutation queued,
            MutationEvaluator evaluator,
            BatchRows rows,
            Map<String, IdempotencyStore.StoredResult> known,
            Map<String, Integer> inGroup,
            Map<String, Long> heldClients) {
        Optional<IdempotencyStore.StoredResult> answered = storedResult(queued, known);
        if (answered.isPresent()) {
            return mayRepeat(queued, answered.get().key()) ? new Verdict.AlreadyAnswered(answered.get()) : reused();
        }
        Optional<Integer> earlier = queued.key().flatMap(key -> Optional.ofNullable(inGroup.get(key.value())));
        if (earlier.isPresent()) {
            IdempotencyKey first = batch.get(earlier.get()).key().orElseThrow();
            return mayRepeat(queued, first) ? new Verdict.DuplicateInBatch(earlier.get()) : reused();
        }
        long queuedAt = queued.queuedAtNanos();
        boolean behindHeld = client(queued)
                .map(heldClients::get)
                .filter(since -> since - queuedAt <= 0)
                .isPresent();
        return behindHeld || rows.isBlocked(queued.changes(), queuedAt)
                ? new Verdict.Blocked()
                : evaluator.evaluate(queued);
    }

    private static boolean mayRepeat(QueuedMutation queued, IdempotencyKey first) {
        return queued.isFor(first) || !queued.mutation().id().orElseThrow().comparesRequests();
    }

    private static Verdict reused() {
        return new Verdict.Refused(
                new Refusal(ErrorCode.REUSED, "This mutation id was used for another mutation; use a new id for each"));
    }

    /** Mutations of one client keep their order: none overtakes one that is held. */
    private static Optional<String> client(QueuedMutation queued) {
        return queued.mutation()
                .id()
                .filter(MutationId::ordered)
                .map(MutationId::client)
                .map(client -> queued.mutation().room().application() + "/"
                        + queued.mutation().caller().subject().orElse("") + "/" + client);
    }

    private static List<List<LogEntry>> entries(List<Verdict> verdicts) {
        List<List<LogEntry>> entries = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Accepted accepted
                    && !accepted.entries().isEmpty()) {
                entries.add(accepted.entries());
            }
        }
        return entries;
    }

    private IdentityHashMap<QueuedMutation, IdempotencyStore.StoredResult> answered(List<Verdict> verdicts) {
        IdentityHashMap<QueuedMutation, IdempotencyStore.StoredResult> answered = new IdentityHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.AlreadyAnswered earlier) {
                answered.put(batch.get(i), earlier.answer());
            }
        }
        return answered;
    }

    /** A mutation, what became of it, and its place in the log if it has one. */
    private record Decision(QueuedMutation queued, Verdict verdict, Optional<Commit> commit) {}

    private List<Decision> decisions(List<Verdict> verdicts, List<Commit> commits) {
        List<Decision> decisions = new ArrayList<>(batch.size());
        Iterator<Commit> next = commits.iterator();
        for (int i = 0; i < batch.size(); i++) {
            boolean logged = verdicts.get(i) instanceof Verdict.Accepted accepted
                    && !accepted.entries().isEmpty();
            decisions.add(
                    new Decision(batch.get(i), verdicts.get(i), logged ? Optional.of(next.next()) : Optional.empty()));
        }
        return decisions;
    }

    private BatchOutcome outcome(List<Decision> decisions, StoredResults repeats) {
        BatchOutcome outcome = new BatchOutcome(groupId);
        List<Optional<MutationResult>> results = new ArrayList<>();
        for (Decision decision : decisions) {
            Optional<MutationResult> result = switch (decision.verdict()) {
                case Verdict.Accepted accepted ->
                    Optional.of(new MutationResult.Applied(
                            decision.commit().map(Commit::last).orElse(Seq.START), accepted.rows()));
                case Verdict.Refused refused -> Optional.of(new MutationResult.Refused(refused.refusal()));
                case Verdict.AlreadyAnswered alreadyAnswered -> Optional.of(repeats.to(decision.queued()));
                case Verdict.DuplicateInBatch again ->
                    results.get(again.index())
                            .map(first -> repeatedResult(
                                    first,
                                    decision.queued(),
                                    batch.get(again.index()).key().orElseThrow()));
                case Verdict.Blocked blocked -> Optional.empty();
            };
            results.add(result);
            result.ifPresentOrElse(
                    answer -> outcome.done(decision.queued(), answer, decision.commit()),
                    () -> outcome.block(decision.queued()));
        }
        return outcome;
    }

    private static MutationResult repeatedResult(MutationResult first, QueuedMutation repeat, IdempotencyKey key) {
        return switch (first) {
            case MutationResult.Applied applied ->
                repeat.isFor(key) ? applied.again() : StoredResults.toAnotherRequest(applied.last(), repeat);
            case MutationResult.Refused refused -> refused;
        };
    }

    private static List<IdempotencyStore.StoredResult> kept(List<Decision> decisions) {
        List<IdempotencyStore.StoredResult> stored = new ArrayList<>();
        for (Decision decision : decisions) {
            decision.queued().key().flatMap(key -> kept(key, decision)).ifPresent(stored::add);
        }
        return stored;
    }

    private static Optional<IdempotencyStore.StoredResult> kept(IdempotencyKey key, Decision decision) {
        if (!isKept(decision.queued(), decision.verdict())) {
            return Optional.empty();
        }
        return switch (decision.verdict()) {
            case Verdict.Accepted accepted ->
                Optional.of(IdempotencyStore.StoredResult.applied(
                        key,
                        decision.commit(),
                        StoredResults.shape(accepted),
                        StoredResults.madeIds(decision.queued().changes(), accepted)));
            case Verdict.Refused refused -> Optional.of(IdempotencyStore.StoredResult.refused(key, refused.refusal()));
            case Verdict.AlreadyAnswered alreadyAnswered -> Optional.empty();
            case Verdict.DuplicateInBatch again -> Optional.empty();
            case Verdict.Blocked blocked -> Optional.empty();
        };
    }

    private static boolean isKept(QueuedMutation queued, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> !accepted.entries().isEmpty() || comparesRequests(queued);
            case Verdict.Refused refused ->
                refused.refusal().code() != ErrorCode.REUSED
                        && refused.refusal().current().isEmpty() // a version that is past stays so
                        && !refused.refusal().code().retryable();
            case Verdict.AlreadyAnswered alreadyAnswered -> false;
            case Verdict.DuplicateInBatch again -> false;
            case Verdict.Blocked blocked -> false;
        };
    }

    // Where repeats need not ask for the same, who found no row may look for it elsewhere, by the same id.
    private static boolean comparesRequests(QueuedMutation queued) {
        return queued.mutation().id().filter(id -> !id.comparesRequests()).isEmpty();
    }
}
