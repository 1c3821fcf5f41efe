package dev.lockstep.mutation.batch;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.collection.EntityIds;
import dev.lockstep.collection.catalog.ConstraintCatalog;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.delivery.BatchPublication;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.Deadline;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.idempotency.IdempotencyStore;
import dev.lockstep.trace.RecurringFault;
import dev.lockstep.trace.Trace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commits groups. If the database refuses one because of what somebody wrote, each half is tried by itself, so that in
 * the end only the culprit is refused. Belongs to the writer's thread.
 */
final class BatchCommitter {
    private static final Logger LOG = System.getLogger(BatchCommitter.class.getName());

    /** What a fault of the server's own is answered with. */
    static final Refusal FAULT = new Refusal(ErrorCode.INTERNAL, "The server could not do this; its log says why");

    private final Transactions transactions;
    private final CommitInDoubt doubt;
    private final ActionLog log;
    private final EntityIds ids;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final BatchPublication batchPublication;
    private final Trace trace;
    private final Metrics metrics;
    private final InFlightMutations inFlight;
    private final BlockedMutations blocked;
    private final QuarantineQueue quarantine;
    private final ReaderThrottle way;
    private final OptimisticWrites optimisticWrites = new OptimisticWrites();
    private final RecurringFault faults = new RecurringFault(LOG, Level.ERROR, "a group of mutations met a fault");
    private final RecurringFault oddRefusals = new RecurringFault(
            LOG, Level.ERROR, "the database refused a mutation in a way that is no fault of its values");
    private final ConstraintCatalog catalog = new ConstraintCatalog();
    private final RefusalDiagnosis diagnosis;

    BatchCommitter(
            Transactions transactions,
            ActionLog log,
            EntityIds ids,
            InstantSource clock,
            RandomGenerator random,
            BatchPublication batchPublication,
            Trace trace,
            Metrics metrics,
            InFlightMutations inFlight,
            BlockedMutations blocked,
            QuarantineQueue quarantine,
            ReaderThrottle way) {
        this.transactions = transactions;
        this.doubt = new CommitInDoubt(transactions, log);
        this.diagnosis = new RefusalDiagnosis(transactions, catalog, ids);
        this.log = log;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
        this.batchPublication = batchPublication;
        this.trace = trace;
        this.metrics = metrics;
        this.inFlight = inFlight;
        this.blocked = blocked;
        this.quarantine = quarantine;
        this.way = way;
    }

    /** Time passes: faults that have not recurred are over. */
    void tick() {
        faults.succeeded();
        oddRefusals.succeeded();
    }

    /** Commits a group; every mutation of it is answered then, or waits in {@link BlockedMutations} or {@link QuarantineQueue}. */
    void commit(List<QueuedMutation> batch) {
        way.write(() -> commit(batch, WritingTransactions.LOCK_WAIT_MAX, false));
    }

    /** @param again whether the database has refused it before */
    private void commit(List<QueuedMutation> all, Duration lockWait, boolean again) {
        List<QueuedMutation> batch =
                Deadline.inTime(all); // before each part: a database that makes everybody wait takes long
        if (batch.isEmpty()) {
            return;
        }
        long started = System.nanoTime();
        try (Try attempt = new Try(!again && optimisticWrites.isEnabled(started), again)) {
            commit(batch, lockWait, attempt).ifPresent(outcome -> finish(batch, attempt, outcome, started));
        }
    }

    /** What was done; empty if nothing of it was, and all that has to follow from that was. */
    private Optional<BatchOutcome> commit(List<QueuedMutation> batch, Duration lockWait, Try attempt) {
        Optional<BatchOutcome> outcome;
        try {
            outcome = Optional.of(transactions.run(scope -> attempt(attempt, batch, lockWait, scope)));
        } catch (TransactionFailed e) {
            outcome = e.isRolledBack() ? attempt.rolledBack() : inDoubt(attempt);
            if (outcome.isEmpty() && attempt.onTrust && disableOptimisticWrites(e)) {
                commit(batch, lockWait, DatabaseRefusals.isTaken(e));
            } else if (outcome.isEmpty()) {
                failed(batch, attempt, e);
            }
        } catch (RuntimeException | Error e) { // an Error, too, must not leave its callers without an answer
            metrics.writerFault();
            faults.failed(e);
            outcome = inDoubt(attempt);
            if (outcome.isEmpty()) {
                commitHalves(
                        batch, WritingTransactions.LOCK_WAIT_MAX, attempt.again, culprit -> quarantine(culprit, FAULT));
            }
        }
        return outcome;
    }

    private boolean disableOptimisticWrites(TransactionFailed e) {
        boolean taken = DatabaseRefusals.isTaken(e);
        if (!taken && !DatabaseRefusals.isContention(e)) {
            return false;
        }
        optimisticWrites.suspend(
                System.nanoTime(), taken ? OptimisticWrites.LOST_BY_REPEATS : OptimisticWrites.LOST_BY_LOCKS);
        return true;
    }

    /** What a failed attempt has done all the same, if the log holds it. */
    private Optional<BatchOutcome> inDoubt(Try attempt) {
        if (attempt.outcome == null) {
            return Optional.empty();
        }
        metrics.commitInDoubt();
        if (!doubt.isCommitted(attempt.outcome)) {
            attempt.withdraw();
            return Optional.empty();
        }
        LOG.log(Level.WARNING, "a commit without an answer was found in the log; going on");
        return Optional.of(attempt.outcome);
    }

    private BatchOutcome attempt(Try attempt, List<QueuedMutation> batch, Duration lockWait, Transactions.Scope scope)
            throws SQLException {
        BatchTransaction transaction = new BatchTransaction(
                batch,
                precedingMutations(),
                log,
                ids,
                random.nextLong(),
                nowMicros(),
                lockWait,
                attempt.onTrust,
                attempt.again,
                catalog);
        attempt.transaction = transaction;
        BatchOutcome outcome = transaction.run(scope);
        attempt.announce(outcome); // from here on the commit may be seen
        return outcome;
    }

    /**
     * Keeps what a transaction did, for the case that its commit has no answer. What it announces is handed over or
     * withdrawn when it is closed, whatever happens: else nobody would look at the log any more.
     */
    private final class Try implements AutoCloseable {
        private final boolean onTrust;
        private final boolean again;
        private @Nullable BatchTransaction transaction;
        private @Nullable BatchOutcome outcome;
        private boolean announced;

        Try(boolean onTrust, boolean again) {
            this.onTrust = onTrust;
            this.again = again;
        }

        /** Whether it ended at somebody's rows. */
        boolean isWritingRows() {
            return transaction != null && transaction.isWritingRows();
        }

        /** The database said that nothing was done. */
        Optional<BatchOutcome> rolledBack() {
            withdraw();
            return Optional.empty();
        }

        void announce(BatchOutcome done) {
            outcome = done;
            batchPublication.announce();
            announced = true;
        }

        void withdraw() {
            if (announced) {
                announced = false;
                batchPublication.withdraw();
            }
        }

        void publish(BatchOutcome done) {
            try {
                batchPublication.publish(done.done());
                announced = false;
            } catch (RuntimeException | Error e) {
                // Its authors hear all the same, and the others when the log is looked at.
                done.done().forEach(committed -> committed.answer().run());
                LOG.log(Level.ERROR, "a group of " + done.done().size() + " mutations could not be handed over", e);
            }
            inFlight.answered(done.answered());
        }

        @Override
        public void close() {
            withdraw();
        }
    }

    private List<QueuedMutation> precedingMutations() {
        List<QueuedMutation> ahead = blocked.all();
        ahead.addAll(quarantine.contended());
        return ahead;
    }

    private void finish(List<QueuedMutation> batch, Try attempt, BatchOutcome outcome, long startedNanos) {
        try {
            metrics.committed(outcome.done().size(), System.nanoTime() - startedNanos);
        } finally {
            attempt.publish(outcome);
        }
        outcome.blocked().forEach(blocked::add);
        trace.step(() -> describe(batch, outcome, startedNanos));
    }

    private void failed(List<QueuedMutation> batch, Try attempt, TransactionFailed e) {
        if (DatabaseRefusals.isContention(e)) {
            contended(batch, attempt);
        } else if (DatabaseRefusals.isUnavailable(e)) {
            DatabaseFailures.report("a group of mutations was not written", e);
            batch.forEach(queued -> queued.refuse(DatabaseRefusals.refusal(e)));
        } else if (!attempt.again && (batch.size() == 1 || DatabaseRefusals.mayBeOrder(e))) {
            // One alone may have been answered before, and it may be refused for nothing but the order of its rows.
            commit(batch, WritingTransactions.LOCK_WAIT_MAX, true);
        } else {
            Refusal refusal = DatabaseRefusals.refusal(e);
            if (batch.size() == 1 && refusal.code() == ErrorCode.INTERNAL) {
                metrics.writerFault();
                oddRefusals.failed(e);
            }
            commitHalves(
                    batch,
                    WritingTransactions.LOCK_WAIT_MAX,
                    true,
                    culprit -> quarantine(culprit, diagnosis.of(culprit, e, refusal)));
        }
    }

    private void quarantine(QueuedMutation culprit, Refusal refusal) {
        quarantine.quarantine(culprit, System.nanoTime());
        refuse(culprit, refusal);
    }

    /**
     * Somebody was in the way: at the rooms' rows or the head's, which is nobody's fault here, or at one's rows. Where
     * constraints are checked with the log's statements, another try tells which.
     */
    private void contended(List<QueuedMutation> batch, Try attempt) {
        if (attempt.isWritingRows()) {
            commitHalves(batch, BatchTransaction.LOCK_WAIT_APART_MAX, true, this::quarantineContended);
        } else {
            commit(batch, WritingTransactions.LOCK_WAIT_MAX, true);
        }
    }

    private void quarantineContended(QueuedMutation contended) {
        if (!quarantine.addContended(contended)) {
            contended.refuse(BlockedMutations.TOO_MANY);
        }
    }

    /** Tries the halves of a group by themselves. */
    private void commitHalves(
            List<QueuedMutation> batch, Duration lockWait, boolean again, Consumer<QueuedMutation> alone) {
        if (batch.size() == 1) {
            alone.accept(batch.getFirst());
            return;
        }
        int half = batch.size() / 2;
        commit(batch.subList(0, half), lockWait, again);
        commit(batch.subList(half, batch.size()), lockWait, again);
    }

    /** Refuses; a permanent refusal is kept, so that a repeat gets the same. */
    private void refuse(QueuedMutation queued, Refusal refusal) {
        if (queued.key().isPresent() && !refusal.code().retryable()) {
            IdempotencyStore.StoredResult stored =
                    IdempotencyStore.StoredResult.refused(queued.key().get(), refusal);
            try {
                transactions.run(scope -> {
                    StatementPipeline keeping = new StatementPipeline(scope.connection());
                    new IdempotencyStore().save(keeping, List.of(stored), nowMicros());
                    keeping.execute();
                    return stored;
                });
            } catch (TransactionFailed e) {
                // Another node may have answered the same mutation: what it said counts, and a retry will hear it.
                queued.refuse(new Refusal(ErrorCode.UNAVAILABLE, "The answer could not be kept; send the same again"));
                return;
            }
        }
        queued.refuse(refusal);
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    private static String describe(List<QueuedMutation> batch, BatchOutcome outcome, long startedNanos) {
        Duration queued = Duration.ofNanos(startedNanos - batch.getFirst().queuedAtNanos());
        Duration written = Duration.ofNanos(System.nanoTime() - startedNanos);
        String positions =
                outcome.commits().stream().map(BatchCommitter::positions).collect(Collectors.joining(" "));
        return "group mutations=" + batch.size() + " held=" + outcome.blocked().size() + " seq="
                + (positions.isEmpty() ? "none" : positions) + " queued=" + Trace.millis(queued) + " committed="
                + Trace.millis(written);
    }

    private static String positions(Commit commit) {
        return commit.first() + ".." + commit.last();
    }
}
