package dev.lockstep.mutation.batch;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.collection.catalog.ConstraintCatalog;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.delivery.BatchPublication;
import dev.lockstep.mutation.Deadline;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.idempotency.IdempotencyStore;
import dev.lockstep.mutation.idempotency.IdempotencyStore.StoredResult;
import dev.lockstep.trace.RecurringFault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Commits batches. If the database refuses a batch because of the values of a mutation, each half is committed
 * separately, until only the culprit is refused. Belongs to the writer's thread.
 */
final class BatchCommitter {
    private static final Logger LOG = System.getLogger(BatchCommitter.class.getName());

    /** The answer to mutations that met a fault of the server. */
    static final Refusal FAULT = new Refusal(ErrorCode.INTERNAL, "Internal error; the server's log has the cause");

    private final BatchWriter.Database database;
    private final Transactions transactions;
    private final BatchWriter.Generators generators;
    private final BatchWriter.Monitoring monitoring;
    private final BatchPublication publication;
    private final WriterQueues queues;
    private final CommitInDoubt doubt;
    private final ConstraintCatalog catalog = new ConstraintCatalog();
    private final RefusalDiagnosis diagnosis;
    private final OptimisticWrites optimisticWrites = new OptimisticWrites();
    private final RecurringFault faults = new RecurringFault(LOG, Level.ERROR, "A batch of mutations met a fault");
    private final RecurringFault unexpectedRefusals =
            new RecurringFault(LOG, Level.ERROR, "The database refused a mutation for a reason other than its values");

    BatchCommitter(
            BatchWriter.Database database,
            BatchWriter.Generators generators,
            BatchWriter.Monitoring monitoring,
            BatchPublication publication,
            WriterQueues queues) {
        this.database = database;
        this.transactions = database.transactions();
        this.generators = generators;
        this.monitoring = monitoring;
        this.publication = publication;
        this.queues = queues;
        this.doubt = new CommitInDoubt(transactions, database.log());
        this.diagnosis = new RefusalDiagnosis(transactions, catalog, generators.ids());
    }

    /** Ends faults that have not recurred. To be called regularly. */
    void tick() {
        faults.succeeded();
        unexpectedRefusals.succeeded();
    }

    /** Commits a batch. Afterwards each mutation is answered, or waits in {@link BlockedMutations} or {@link QuarantineQueue}. */
    void commit(List<QueuedMutation> batch) {
        database.throttle().write(() -> commit(batch, WritingTransactions.LOCK_WAIT_MAX, false));
    }

    /** @param retry whether the database has refused these mutations before */
    private void commit(List<QueuedMutation> all, Duration lockWait, boolean retry) {
        // Checked before each part: a slow database delays every part.
        List<QueuedMutation> batch = Deadline.inTime(all);
        if (batch.isEmpty()) {
            return;
        }
        long started = System.nanoTime();
        try (BatchAttempt attempt =
                new BatchAttempt(!retry && optimisticWrites.isEnabled(started), retry, publication)) {
            commit(batch, lockWait, attempt).ifPresent(outcome -> finish(batch, attempt, outcome, started));
        }
    }

    /** The outcome; empty if nothing was committed, and then the failure has been handled. */
    private Optional<BatchOutcome> commit(List<QueuedMutation> batch, Duration lockWait, BatchAttempt attempt) {
        Optional<BatchOutcome> outcome;
        try {
            outcome = Optional.of(transactions.run(scope -> attempt(attempt, batch, lockWait, scope)));
        } catch (TransactionFailed e) {
            outcome = e.isRolledBack() ? Optional.empty() : committedInDoubt(attempt);
            if (outcome.isEmpty()) {
                attempt.withdraw();
                failed(batch, lockWait, attempt, e);
            }
        } catch (RuntimeException | Error e) { // also after an Error, callers get an answer
            monitoring.metrics().writerFault();
            faults.failed(e);
            outcome = committedInDoubt(attempt);
            if (outcome.isEmpty()) {
                attempt.withdraw();
                commitHalves(
                        batch,
                        WritingTransactions.LOCK_WAIT_MAX,
                        attempt.isRetry(),
                        culprit -> quarantine(culprit, FAULT));
            }
        }
        return outcome;
    }

    private BatchOutcome attempt(
            BatchAttempt attempt, List<QueuedMutation> mutations, Duration lockWait, Transactions.Scope scope)
            throws SQLException {
        BatchTransaction transaction = new BatchTransaction(
                new BatchTransaction.Batch(
                        mutations, queues.waitingForLocks(), generators.nextBatchId(), generators.nowMicros()),
                new BatchTransaction.Mode(lockWait, attempt.isOptimistic(), attempt.isRetry()),
                database.log(),
                generators.ids(),
                catalog);
        attempt.begin(transaction);
        BatchOutcome outcome = transaction.run(scope);
        attempt.announce(outcome);
        return outcome;
    }

    /** The outcome of a failed attempt, if the log holds its commit nevertheless. */
    private Optional<BatchOutcome> committedInDoubt(BatchAttempt attempt) {
        Optional<BatchOutcome> outcome = attempt.outcome();
        if (outcome.isEmpty()) {
            return outcome;
        }
        monitoring.metrics().commitInDoubt();
        if (!doubt.isCommitted(outcome.get())) {
            return Optional.empty();
        }
        LOG.log(Level.WARNING, "A commit without an answer was found in the log; the writer continues");
        return outcome;
    }

    private void finish(List<QueuedMutation> batch, BatchAttempt attempt, BatchOutcome outcome, long startedNanos) {
        try {
            monitoring.metrics().committed(outcome.done().size(), System.nanoTime() - startedNanos);
        } finally {
            attempt.publish(outcome);
            queues.inFlight().answered(outcome.answered());
        }
        outcome.blocked().forEach(queues.blocked()::add);
        monitoring.trace().step(() -> outcome.describe(batch, startedNanos));
    }

    private void failed(List<QueuedMutation> batch, Duration lockWait, BatchAttempt attempt, TransactionFailed e) {
        if (attempt.isOptimistic() && suspendOptimisticWrites(e)) {
            commit(batch, lockWait, DatabaseRefusals.isTaken(e));
        } else if (DatabaseRefusals.isContention(e)) {
            contended(batch, attempt);
        } else if (DatabaseRefusals.isUnavailable(e)) {
            DatabaseFailures.report("A batch of mutations was not written", e);
            batch.forEach(queued -> queued.refuse(DatabaseRefusals.refusal(e)));
        } else if (!attempt.isRetry() && (batch.size() == 1 || DatabaseRefusals.mayBeOrder(e))) {
            // A single mutation may be a repeat; the rows of several may only have been written in the wrong order.
            commit(batch, WritingTransactions.LOCK_WAIT_MAX, true);
        } else {
            refused(batch, e);
        }
    }

    /** Whether the failure is the price of optimistic writes, which are suspended then. */
    private boolean suspendOptimisticWrites(TransactionFailed e) {
        boolean taken = DatabaseRefusals.isTaken(e);
        if (!taken && !DatabaseRefusals.isContention(e)) {
            return false;
        }
        optimisticWrites.suspend(
                System.nanoTime(), taken ? OptimisticWrites.SUSPENDED_BY_REPEATS : OptimisticWrites.SUSPENDED_BY_LOCKS);
        return true;
    }

    private void refused(List<QueuedMutation> batch, TransactionFailed e) {
        Refusal refusal = DatabaseRefusals.refusal(e);
        if (batch.size() == 1 && refusal.code() == ErrorCode.INTERNAL) {
            monitoring.metrics().writerFault();
            unexpectedRefusals.failed(e);
        }
        commitHalves(
                batch,
                WritingTransactions.LOCK_WAIT_MAX,
                true,
                culprit -> quarantine(culprit, diagnosis.of(culprit, e, refusal)));
    }

    /**
     * Another transaction held a lock: on rows of rooms or the head, which no mutation here is to blame for, or on rows of
     * a mutation. Where constraints are checked together with the log's statements, a retry distinguishes the two.
     */
    private void contended(List<QueuedMutation> batch, BatchAttempt attempt) {
        if (attempt.isWritingRows()) {
            commitHalves(batch, BatchTransaction.HALVES_LOCK_WAIT_MAX, true, this::quarantineContended);
        } else {
            commit(batch, WritingTransactions.LOCK_WAIT_MAX, true);
        }
    }

    private void quarantineContended(QueuedMutation contended) {
        if (!queues.quarantine().addContended(contended)) {
            contended.refuse(BlockedMutations.TOO_MANY);
        }
    }

    /** Commits the halves of a batch separately. */
    private void commitHalves(
            List<QueuedMutation> batch, Duration lockWait, boolean retry, Consumer<QueuedMutation> single) {
        if (batch.size() == 1) {
            single.accept(batch.getFirst());
            return;
        }
        int half = batch.size() / 2;
        commit(batch.subList(0, half), lockWait, retry);
        commit(batch.subList(half, batch.size()), lockWait, retry);
    }

    private void quarantine(QueuedMutation culprit, Refusal refusal) {
        queues.quarantine().quarantine(culprit, System.nanoTime());
        refuse(culprit, refusal);
    }

    /** Refuses a mutation. A permanent refusal is stored, so that a repeat gets the same. */
    private void refuse(QueuedMutation queued, Refusal refusal) {
        if (queued.key().isPresent() && !refusal.code().retryable()) {
            StoredResult stored = StoredResult.refused(queued.key().get(), refusal);
            try {
                transactions.run(scope -> {
                    StatementPipeline saving = new StatementPipeline(scope.connection());
                    new IdempotencyStore().save(saving, List.of(stored), generators.nowMicros());
                    saving.execute();
                    return stored;
                });
            } catch (TransactionFailed e) {
                // Another node may have answered the same mutation: that answer counts, and a repeat gets it.
                queued.refuse(
                        new Refusal(ErrorCode.UNAVAILABLE, "The answer could not be stored; send the request again"));
                return;
            }
        }
        queued.refuse(refusal);
    }
}
