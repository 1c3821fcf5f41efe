package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.collection.EntityIds;
import dev.lockstep.collection.RowReader;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.publish.Publication;
import dev.lockstep.trace.Trace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commits everything that is waiting as one transaction, again and again: the busier it is, the bigger the groups. One
 * for each node, on a thread of its own.
 */
final class GroupWriter implements Mutations {
    /**
     * Longest wait of a mutation for its turn, or for a row that another transaction holds. After it, it is refused as
     * retryable: before the native client gives up after 10 s (contract, section 1.7), and with the same effect on it.
     */
    static final Duration WAIT_MAX = Duration.ofSeconds(8);

    /** How soon mutations are tried again whose rows are held. */
    static final Duration HELD_RETRY = Duration.ofMillis(50);

    /** Most mutations that wait for rows that others hold. One more is refused as retryable. */
    static final int HELD_MAX = 2_000;

    /** How soon an idle writer sees that it should stop. It is not interrupted: that would close H2's file under it. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final Logger LOG = System.getLogger(GroupWriter.class.getName());

    private final MutationQueue queue = new MutationQueue();
    private final Preparation preparation;
    private final Transactions transactions;
    private final CommitInDoubt doubt;
    private final ActionLog log;
    private final EntityIds ids;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Publication publication;
    private final Trace trace;

    /** Mutations whose rows others hold, oldest first. They go ahead of the queue. */
    private List<Waiting> held = new ArrayList<>();

    private long heldTriedNanos = System.nanoTime();

    private volatile boolean stopped;

    GroupWriter(
            CollectionRegistry collections,
            RowReader reader,
            Transactions transactions,
            ActionLog log,
            EntityIds ids,
            InstantSource clock,
            RandomGenerator random,
            Publication publication,
            Trace trace) {
        this.preparation = new Preparation(collections, reader);
        this.transactions = transactions;
        this.doubt = new CommitInDoubt(transactions, log);
        this.log = log;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
        this.publication = publication;
        this.trace = trace;
    }

    @Override
    public CompletionStage<MutationResult> submit(Mutation mutation) {
        List<PreparedChange> changes;
        try {
            changes = preparation.prepare(mutation);
        } catch (SyncException refused) {
            return CompletableFuture.completedStage(new MutationResult.Refused(refused.refusal()));
        }
        return enqueue(new Waiting(mutation, changes));
    }

    CompletionStage<MutationResult> enqueue(Waiting waiting) {
        queue.add(waiting).ifPresent(waiting::refuse);
        return waiting.answer();
    }

    /** Writes group after group until the thread is interrupted; what is still waiting then is refused as retryable. */
    void run() {
        try {
            while (!stopped) {
                commitNextGroup();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "writer stops");
        } finally {
            Refusal stopping = new Refusal(ErrorCode.UNAVAILABLE, "The server is stopping; send the same again");
            held.forEach(waiting -> waiting.refuse(stopping));
            queue.close(stopping).forEach(waiting -> waiting.refuse(stopping));
        }
    }

    /** Ends {@link #run} after the group it is at; the thread is interrupted besides, for the case that it waits. */
    void stop() {
        stopped = true;
    }

    private void commitNextGroup() throws InterruptedException {
        List<Waiting> drained = queue.drain(held.isEmpty() ? LOOK_EVERY : HELD_RETRY);
        List<Waiting> group = new ArrayList<>();
        if (System.nanoTime() - heldTriedNanos >= HELD_RETRY.toNanos()) {
            heldTriedNanos = System.nanoTime();
            group.addAll(held);
            held = new ArrayList<>();
        }
        group.addAll(drained);
        commit(group);
    }

    /** Puts a mutation aside whose row, or whose predecessor, another transaction holds. */
    private void hold(Waiting waiting) {
        if (held.size() < HELD_MAX) {
            held.add(waiting);
        } else {
            waiting.refuse(new Refusal(
                    ErrorCode.UNAVAILABLE, "Too many mutations wait for rows that others hold; send it again later"));
        }
    }

    private static List<Waiting> inTime(List<Waiting> group) {
        long now = System.nanoTime();
        return group.stream().filter(waiting -> isInTime(waiting, now)).toList();
    }

    private static boolean isInTime(Waiting waiting, long nowNanos) {
        boolean inTime = nowNanos - waiting.queuedAtNanos() < WAIT_MAX.toNanos();
        if (!inTime) {
            waiting.refuse(new Refusal(
                    ErrorCode.UNAVAILABLE,
                    "It could not be written within " + WAIT_MAX.toSeconds() + " s; send the same again"));
        }
        return inTime;
    }

    /**
     * Commits one group. If the database refuses it because of what somebody wrote, each half is tried by itself, so
     * that in the end only the culprit is refused.
     */
    private void commit(List<Waiting> all) {
        List<Waiting> group = inTime(all); // again before each part: a database that makes everybody wait takes long
        if (group.isEmpty()) {
            return;
        }
        long started = System.nanoTime();
        Try attempt = new Try();
        Optional<GroupOutcome> outcome;
        try {
            outcome = Optional.of(transactions.run(scope -> attempt(attempt, group, scope)));
        } catch (TransactionFailed e) {
            outcome = inDoubt(attempt);
            if (outcome.isEmpty()) {
                failed(group, e);
            }
        } catch (RuntimeException | Error e) { // an Error, too, must not leave its callers without an answer
            LOG.log(Level.ERROR, "a group of " + group.size() + " mutations met a fault", e);
            outcome = inDoubt(attempt);
            if (outcome.isEmpty()) {
                apart(group, new Refusal(ErrorCode.INTERNAL, "The server could not do this; its log says why"));
            }
        }
        outcome.ifPresent(done -> finish(group, done, started));
    }

    /** What a failed attempt has done all the same, if the log holds it. */
    private Optional<GroupOutcome> inDoubt(Try attempt) {
        if (attempt.outcome == null) {
            return Optional.empty();
        }
        publication.withdraw();
        if (!doubt.isCommitted(attempt.outcome)) {
            return Optional.empty();
        }
        LOG.log(Level.WARNING, "a commit without an answer was found in the log; going on");
        publication.announce();
        return Optional.of(attempt.outcome);
    }

    private GroupOutcome attempt(Try attempt, List<Waiting> group, Transactions.Scope scope) throws SQLException {
        GroupOutcome outcome = transaction(group).run(scope);
        attempt.outcome = outcome;
        publication.announce(); // from here on the commit may be seen
        return outcome;
    }

    /** Keeps what a transaction did, for the case that its commit has no answer. */
    private static final class Try {
        private @Nullable GroupOutcome outcome;
    }

    private GroupTransaction transaction(List<Waiting> group) {
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        return new GroupTransaction(group, held, log, ids, random.nextLong(), nowMicros);
    }

    private void finish(List<Waiting> group, GroupOutcome outcome, long startedNanos) {
        outcome.held().forEach(this::hold);
        publication.hand(outcome.done());
        trace.step(() -> describe(group, outcome, startedNanos));
    }

    private void failed(List<Waiting> group, TransactionFailed e) {
        Refusal refusal = DatabaseRefusals.refusal(e);
        if (DatabaseRefusals.isContention(e)) {
            if (group.size() == 1) {
                group.forEach(this::hold);
            } else {
                apart(group, refusal);
            }
        } else if (DatabaseRefusals.isPermanent(e)) {
            apart(group, refusal);
        } else {
            LOG.log(Level.WARNING, "a group of " + group.size() + " mutations was not written", e);
            group.forEach(waiting -> waiting.refuse(refusal));
        }
    }

    private void apart(List<Waiting> group, Refusal refusal) {
        if (group.size() == 1) {
            refuse(group.getFirst(), refusal);
            return;
        }
        int half = group.size() / 2;
        commit(group.subList(0, half));
        commit(group.subList(half, group.size()));
    }

    /** Refuses; a permanent refusal is kept, so that a repeat gets the same. */
    private void refuse(Waiting waiting, Refusal refusal) {
        if (waiting.key().isPresent() && !refusal.code().retryable()) {
            try {
                transactions.run(scope -> {
                    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
                    List<Answers.Kept> kept =
                            List.of(GroupTransaction.refusal(waiting.key().get(), refusal));
                    new Answers().keep(scope.connection(), kept, now);
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

    private static String describe(List<Waiting> group, GroupOutcome outcome, long startedNanos) {
        Duration queued = Duration.ofNanos(startedNanos - group.getFirst().queuedAtNanos());
        Duration written = Duration.ofNanos(System.nanoTime() - startedNanos);
        String positions =
                outcome.commits().stream().map(GroupWriter::positions).collect(Collectors.joining(" "));
        return "group mutations=" + group.size() + " held=" + outcome.held().size() + " seq="
                + (positions.isEmpty() ? "none" : positions) + " queued=" + Trace.millis(queued) + " committed="
                + Trace.millis(written);
    }

    private static String positions(Commit commit) {
        return commit.first() + ".." + commit.last();
    }
}
