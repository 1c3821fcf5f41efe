package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.collection.ConstraintCatalog;
import dev.lockstep.collection.EntityIds;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.RightOfWay;
import dev.lockstep.database.RoundTrip;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.publish.Publication;
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
final class GroupCommitter {
    private static final Logger LOG = System.getLogger(GroupCommitter.class.getName());

    /** What a fault of the server's own is answered with. */
    static final Refusal FAULT = new Refusal(ErrorCode.INTERNAL, "The server could not do this; its log says why");

    private final Transactions transactions;
    private final CommitInDoubt doubt;
    private final ActionLog log;
    private final EntityIds ids;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Publication publication;
    private final Trace trace;
    private final Metrics metrics;
    private final InHand inFlight;
    private final HeldMutations blocked;
    private final Aside quarantine;
    private final RightOfWay way;
    private final Trust optimisticWrites = new Trust();
    private final RecurringFault faults = new RecurringFault(LOG, Level.ERROR, "a group of mutations met a fault");
    private final RecurringFault oddRefusals = new RecurringFault(
            LOG, Level.ERROR, "the database refused a mutation in a way that is no fault of its values");
    private final ConstraintCatalog catalog = new ConstraintCatalog();
    private final RefusalDiagnosis diagnosis;

    GroupCommitter(
            Transactions transactions,
            ActionLog log,
            EntityIds ids,
            InstantSource clock,
            RandomGenerator random,
            Publication publication,
            Trace trace,
            Metrics metrics,
            InHand inFlight,
            HeldMutations blocked,
            Aside quarantine,
            RightOfWay way) {
        this.transactions = transactions;
        this.doubt = new CommitInDoubt(transactions, log);
        this.diagnosis = new RefusalDiagnosis(transactions, catalog, ids);
        this.log = log;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
        this.publication = publication;
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

    /** Commits a group; every mutation of it is answered then, or waits in {@link HeldMutations} or {@link Aside}. */
    void commit(List<Waiting> batch) {
        way.write(() -> commit(batch, WritingTransactions.LOCK_WAIT_MAX, false));
    }

    /** @param again whether the database has refused it before */
    private void commit(List<Waiting> all, Duration lockWait, boolean again) {
        List<Waiting> batch = Deadline.inTime(all); // before each part: a database that makes everybody wait takes long
        if (batch.isEmpty()) {
            return;
        }
        long started = System.nanoTime();
        try (Try attempt = new Try(!again && optimisticWrites.isEnabled(started), again)) {
            commit(batch, lockWait, attempt).ifPresent(outcome -> finish(batch, attempt, outcome, started));
        }
    }

    /** What was done; empty if nothing of it was, and all that has to follow from that was. */
    private Optional<GroupOutcome> commit(List<Waiting> batch, Duration lockWait, Try attempt) {
        Optional<GroupOutcome> outcome;
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
        optimisticWrites.suspend(System.nanoTime(), taken ? Trust.LOST_BY_REPEATS : Trust.LOST_BY_LOCKS);
        return true;
    }

    /** What a failed attempt has done all the same, if the log holds it. */
    private Optional<GroupOutcome> inDoubt(Try attempt) {
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

    private GroupOutcome attempt(Try attempt, List<Waiting> batch, Duration lockWait, Transactions.Scope scope)
            throws SQLException {
        GroupTransaction transaction = new GroupTransaction(
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
        GroupOutcome outcome = transaction.run(scope);
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
        private @Nullable GroupTransaction transaction;
        private @Nullable GroupOutcome outcome;
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
        Optional<GroupOutcome> rolledBack() {
            withdraw();
            return Optional.empty();
        }

        void announce(GroupOutcome done) {
            outcome = done;
            publication.announce();
            announced = true;
        }

        void withdraw() {
            if (announced) {
                announced = false;
                publication.withdraw();
            }
        }

        void publish(GroupOutcome done) {
            try {
                publication.publish(done.done());
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

    private List<Waiting> precedingMutations() {
        List<Waiting> ahead = blocked.all();
        ahead.addAll(quarantine.contended());
        return ahead;
    }

    private void finish(List<Waiting> batch, Try attempt, GroupOutcome outcome, long startedNanos) {
        try {
            metrics.committed(outcome.done().size(), System.nanoTime() - startedNanos);
        } finally {
            attempt.publish(outcome);
        }
        outcome.blocked().forEach(blocked::add);
        trace.step(() -> describe(batch, outcome, startedNanos));
    }

    private void failed(List<Waiting> batch, Try attempt, TransactionFailed e) {
        if (DatabaseRefusals.isContention(e)) {
            contended(batch, attempt);
        } else if (DatabaseRefusals.isUnavailable(e)) {
            DatabaseFailures.report("a group of mutations was not written", e);
            batch.forEach(waiting -> waiting.refuse(DatabaseRefusals.refusal(e)));
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

    private void quarantine(Waiting culprit, Refusal refusal) {
        quarantine.quarantine(culprit, System.nanoTime());
        refuse(culprit, refusal);
    }

    /**
     * Somebody was in the way: at the rooms' rows or the head's, which is nobody's fault here, or at one's rows. Where
     * constraints are checked with the log's statements, another try tells which.
     */
    private void contended(List<Waiting> batch, Try attempt) {
        if (attempt.isWritingRows()) {
            commitHalves(batch, GroupTransaction.LOCK_WAIT_APART_MAX, true, this::quarantineContended);
        } else {
            commit(batch, WritingTransactions.LOCK_WAIT_MAX, true);
        }
    }

    private void quarantineContended(Waiting contended) {
        if (!quarantine.addContended(contended)) {
            contended.refuse(HeldMutations.TOO_MANY);
        }
    }

    /** Tries the halves of a group by themselves. */
    private void commitHalves(List<Waiting> batch, Duration lockWait, boolean again, Consumer<Waiting> alone) {
        if (batch.size() == 1) {
            alone.accept(batch.getFirst());
            return;
        }
        int half = batch.size() / 2;
        commit(batch.subList(0, half), lockWait, again);
        commit(batch.subList(half, batch.size()), lockWait, again);
    }

    /** Refuses; a permanent refusal is kept, so that a repeat gets the same. */
    private void refuse(Waiting waiting, Refusal refusal) {
        if (waiting.key().isPresent() && !refusal.code().retryable()) {
            Answers.Kept kept = Answers.Kept.refused(waiting.key().get(), refusal);
            try {
                transactions.run(scope -> {
                    RoundTrip keeping = new RoundTrip(scope.connection());
                    new Answers().save(keeping, List.of(kept), nowMicros());
                    keeping.execute();
                    return kept;
                });
            } catch (TransactionFailed e) {
                // Another node may have answered the same mutation: what it said counts, and a retry will hear it.
                waiting.refuse(new Refusal(ErrorCode.UNAVAILABLE, "The answer could not be kept; send the same again"));
                return;
            }
        }
        waiting.refuse(refusal);
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    private static String describe(List<Waiting> batch, GroupOutcome outcome, long startedNanos) {
        Duration queued = Duration.ofNanos(startedNanos - batch.getFirst().queuedAtNanos());
        Duration written = Duration.ofNanos(System.nanoTime() - startedNanos);
        String positions =
                outcome.commits().stream().map(GroupCommitter::positions).collect(Collectors.joining(" "));
        return "group mutations=" + batch.size() + " held=" + outcome.blocked().size() + " seq="
                + (positions.isEmpty() ? "none" : positions) + " queued=" + Trace.millis(queued) + " committed="
                + Trace.millis(written);
    }

    private static String positions(Commit commit) {
        return commit.first() + ".." + commit.last();
    }
}
