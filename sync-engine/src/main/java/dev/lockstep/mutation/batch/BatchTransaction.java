package dev.lockstep.mutation.batch;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.catalog.ConstraintCatalog;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.Transactions.Scope;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.event.StoreHeads;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.RoomStamps;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.Verdict;
import dev.lockstep.mutation.idempotency.IdempotencyKey;
import dev.lockstep.mutation.idempotency.IdempotencyStore;
import dev.lockstep.mutation.idempotency.IdempotencyStore.StoredResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One attempt to commit a batch: everything between the begin and the commit of its transaction. It locks in the order of
 * every writer: rooms, rows, head.
 */
public final class BatchTransaction {
    /** Longest wait for a lock in the halves of a batch that has waited {@link WritingTransactions#LOCK_WAIT_MAX} in vain. */
    static final Duration HALVES_LOCK_WAIT_MAX = Duration.ofMillis(200);

    /**
     * The mutations to commit.
     *
     * @param mutations in the order of their arrival
     * @param preceding mutations that already wait for a lock: no later mutation of the same client or for the same row
     *     overtakes them
     * @param id a random number that identifies the batch in the log, to resolve a commit without an answer
     * @param nowMicros the time of the batch, in microseconds since 1970
     */
    public record Batch(List<QueuedMutation> mutations, List<QueuedMutation> preceding, long id, long nowMicros) {
        public Batch {
            mutations = List.copyOf(mutations);
            preceding = List.copyOf(preceding);
        }
    }

    /**
     * How the attempt uses the database.
     *
     * @param lockWait the longest wait for a lock that cannot be skipped
     * @param optimistic whether it assumes that no mutation was answered before and no new id is taken. If that is wrong,
     *     the transaction fails with the SQLSTATE of a unique violation
     * @param retry whether the database has refused these mutations before. Then rows are written in an order that every
     *     key allows, and apart from the log, so that a refusal is attributed to them; both take more messages
     */
    public record Mode(Duration lockWait, boolean optimistic, boolean retry) {}

    private final Batch batch;
    private final Mode mode;
    private final ActionLog log;
    private final EntityIds ids;
    private final ConstraintCatalog catalog;
    private final IdempotencyStore idempotencyStore = new IdempotencyStore();
    private boolean writingRows;
    private int storedVerdicts;

    public BatchTransaction(Batch batch, Mode mode, ActionLog log, EntityIds ids, ConstraintCatalog catalog) {
        this.batch = batch;
        this.mode = mode;
        this.log = log;
        this.ids = ids;
        this.catalog = catalog;
    }

    /** Whether it is, or failed, at the rows of its mutations, and not at those of rooms and log. */
    boolean isWritingRows() {
        return writingRows;
    }

    public BatchOutcome run(Scope scope) throws SQLException {
        Connection connection = scope.connection();
        RoomStamps stamps = RoomStamps.lock(WritingTransactions.opening(connection, mode.lockWait()), rooms());
        StoreHeads heads = StoreHeads.read(
                connection, rooms().stream().filter(RoomId::isOfEvents).toList());
        Map<String, StoredResult> known =
                mode.optimistic() ? Map.of() : idempotencyStore.find(connection, keys(batch.mutations()));
        RowRepository repository = new RowRepository(scope.entities());
        BatchRows rows = new BatchRows(repository);
        writingRows = true;
        rows.lock(unanswered(known), mode.optimistic());
        List<Verdict> verdicts =
                evaluate(connection, new MutationEvaluator(rows, heads, stamps, ids, batch.nowMicros()), rows, known);
        if (mode.optimistic()) {
            requireUnanswered(connection, verdicts);
        }
        store(connection, rows, verdicts);
        StoredResults repeats = StoredResults.of(answered(verdicts), log, connection, repository);
        StatementPipeline closing = new StatementPipeline(connection);
        if (writes(verdicts)) {
            WritingTransactions.checkConstraints(closing);
        }
        if (mode.retry()) {
            closing.execute();
        }
        writingRows = false;
        stamps.save(closing);
        heads.save(closing);
        List<Commit> commits = log.append(closing, batch.id(), entries(verdicts)); // locks the head row
        BatchDecisions decisions = BatchDecisions.of(batch.mutations(), verdicts, commits);
        idempotencyStore.save(closing, decisions.resultsToStore(), batch.nowMicros());
        closing.execute();
        return decisions.outcome(batch.id(), repeats);
    }

    private static boolean writes(List<Verdict> verdicts) {
        return verdicts.stream()
                .anyMatch(verdict -> verdict instanceof Verdict.Accepted accepted
                        && !accepted.entries().isEmpty());
    }

    private Set<RoomId> rooms() {
        return batch.mutations().stream()
                .flatMap(queued -> queued.rooms().stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> keys(List<QueuedMutation> mutations) {
        return mutations.stream()
                .flatMap(queued -> queued.key().stream())
                .map(IdempotencyKey::value)
                .collect(Collectors.toSet());
    }

    /** A result that is not stored violates no unique key, so earlier results of these mutations are looked up. */
    private void requireUnanswered(Connection connection, List<Verdict> verdicts) throws SQLException {
        List<QueuedMutation> notStored = new ArrayList<>();
        for (int i = 0; i < verdicts.size(); i++) {
            QueuedMutation queued = batch.mutations().get(i);
            if (!BatchDecisions.isStored(queued, verdicts.get(i))) {
                notStored.add(queued);
            }
        }
        if (!idempotencyStore.find(connection, keys(notStored)).isEmpty()) {
            throw new SQLException("a mutation of the batch was answered before", DatabaseRefusals.UNIQUE_VIOLATION);
        }
    }

    private List<QueuedMutation> unanswered(Map<String, StoredResult> known) {
        return batch.mutations().stream()
                .filter(queued -> storedResult(queued, known).isEmpty())
                .toList();
    }

    private static Optional<StoredResult> storedResult(QueuedMutation queued, Map<String, StoredResult> known) {
        return queued.key().flatMap(key -> Optional.ofNullable(known.get(key.value())));
    }

    private List<Verdict> evaluate(
            Connection connection, MutationEvaluator evaluator, BatchRows rows, Map<String, StoredResult> known)
            throws SQLException {
        List<Verdict> verdicts = new ArrayList<>(batch.mutations().size());
        Map<String, Integer> indexByKey = new HashMap<>();
        Map<String, Long> blockedClients = new HashMap<>();
        batch.preceding().forEach(queued -> block(queued, rows, blockedClients));
        for (QueuedMutation queued : batch.mutations()) {
            if (rows.needsStored(queued.changes())) {
                store(connection, rows, verdicts);
            }
            Verdict verdict = repeated(queued, known, indexByKey)
                    .orElseGet(() -> isBlocked(queued, rows, blockedClients)
                            ? new Verdict.Blocked()
                            : evaluator.evaluate(queued));
            if (verdict instanceof Verdict.Blocked) {
                block(queued, rows, blockedClients);
            } else {
                int index = verdicts.size();
                queued.key().ifPresent(key -> indexByKey.putIfAbsent(key.value(), index));
            }
            verdicts.add(verdict);
        }
        return verdicts;
    }

    /** Writes the rows of the evaluated mutations. Where the database may store other values, the verdicts get those. */
    private void store(Connection connection, BatchRows rows, List<Verdict> verdicts) throws SQLException {
        StoredRows stored = mode.retry() ? rows.storeInSteps(connection, catalog) : rows.store();
        for (int i = storedVerdicts; i < verdicts.size(); i++) {
            verdicts.set(
                    i, stored.withStoredRows(verdicts.get(i), batch.mutations().get(i)));
        }
        storedVerdicts = verdicts.size();
    }

    private static void block(QueuedMutation queued, BatchRows rows, Map<String, Long> blockedClients) {
        rows.block(queued.changes(), queued.queuedAtNanos());
        client(queued).ifPresent(client -> blockedClients.merge(client, queued.queuedAtNanos(), BlockedRows::earlier));
    }

    private static boolean isBlocked(QueuedMutation queued, BatchRows rows, Map<String, Long> blockedClients) {
        long queuedAt = queued.queuedAtNanos();
        boolean clientIsBlocked = client(queued)
                .map(blockedClients::get)
                .filter(since -> since - queuedAt <= 0)
                .isPresent();
        return clientIsBlocked || rows.isBlocked(queued.changes(), queuedAt);
    }

    /** The verdict on a mutation whose id was used before, in an earlier batch or in this one. */
    private Optional<Verdict> repeated(
            QueuedMutation queued, Map<String, StoredResult> known, Map<String, Integer> indexByKey) {
        Optional<StoredResult> answered = storedResult(queued, known);
        if (answered.isPresent()) {
            return Optional.of(
                    mayRepeat(queued, answered.get().key()) ? new Verdict.AlreadyAnswered(answered.get()) : reused());
        }
        return queued.key()
                .flatMap(key -> Optional.ofNullable(indexByKey.get(key.value())))
                .map(index -> {
                    IdempotencyKey first = batch.mutations().get(index).key().orElseThrow();
                    return mayRepeat(queued, first) ? new Verdict.DuplicateInBatch(index) : reused();
                });
    }

    private static boolean mayRepeat(QueuedMutation queued, IdempotencyKey first) {
        return queued.isFor(first) || !queued.mutation().id().orElseThrow().comparesRequests();
    }

    private static Verdict reused() {
        return new Verdict.Refused(
                new Refusal(ErrorCode.REUSED, "This mutation id was used for another mutation; use a new id for each"));
    }

    /** Mutations of one client keep their order: none overtakes a blocked one. */
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

    private IdentityHashMap<QueuedMutation, StoredResult> answered(List<Verdict> verdicts) {
        IdentityHashMap<QueuedMutation, StoredResult> answered = new IdentityHashMap<>();
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.AlreadyAnswered earlier) {
                answered.put(batch.mutations().get(i), earlier.answer());
            }
        }
        return answered;
    }
}
