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
import dev.lockstep.database.RightOfWay;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WriterHealth;
import dev.lockstep.log.ActionLog;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.publish.Publication;
import dev.lockstep.trace.RecurringFault;
import dev.lockstep.trace.Trace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Commits everything that is waiting as one transaction, again and again: the busier it is, the bigger the groups. One
 * for each node, on a thread of its own.
 */
final class GroupWriter implements Mutations {
    /** How soon an idle writer sees that it should stop. It is not interrupted: that would close H2's file under it. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final Logger LOG = System.getLogger(GroupWriter.class.getName());

    private final RecurringFault faults = new RecurringFault(
            LOG, Level.ERROR, "the writer went on after a fault; what it had in hand was refused as retryable");
    private final InHand inFlight = new InHand();
    private final MutationQueue queue = new MutationQueue();
    private final HeldMutations blocked = new HeldMutations();
    private final Aside quarantine = new Aside();
    private final Preparation preparation;
    private final GroupCommitter committer;
    private final Metrics metrics;
    private final Transactions transactions;
    private final WriterHealth health;

    /** What a thread submits together. Not static: a test has several nodes, and a server one writer. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable List<Waiting>> together = new ThreadLocal<>();

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
            Trace trace,
            Metrics metrics,
            RightOfWay way,
            WriterHealth health) {
        this.health = health;
        this.transactions = health.watch(transactions);
        this.preparation = new Preparation(collections, reader);
        this.committer = new GroupCommitter(
                this.transactions,
                log,
                ids,
                clock,
                random,
                publication,
                trace,
                metrics,
                inFlight,
                blocked,
                quarantine,
                way);
        this.metrics = metrics;
        metrics.queue(queue::length, queue::oldestWaitedNanos);
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
        List<Waiting> others = together.get();
        if (others != null) {
            others.add(waiting);
        } else {
            queue.add(waiting).ifPresent(waiting::refuse);
        }
        return waiting.answer();
    }

    // Queued one by one, the first of many would make a group of their own, and the rest wait for it.
    @Override
    public void together(Runnable submitting) {
        if (together.get() != null) {
            submitting.run();
            return;
        }
        List<Waiting> submitted = new ArrayList<>();
        together.set(submitted);
        try {
            submitting.run();
        } finally {
            together.remove();
            queue.addAll(submitted);
        }
    }

    /** Writes group after group until {@link #stop}; what is still waiting then is refused as retryable. */
    void run() {
        try {
            while (!stopped) {
                guarded();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "writer stops");
        } finally {
            Refusal stopping = new Refusal(ErrorCode.UNAVAILABLE, "The server is stopping; send the same again");
            blocked.all().forEach(waiting -> waiting.refuse(stopping));
            quarantine.drain(waiting -> waiting.refuse(stopping));
            queue.close(stopping).forEach(waiting -> waiting.refuse(stopping));
        }
    }

    private void guarded() throws InterruptedException {
        try {
            boolean others = commitNextBatch();
            commitQuarantined(others);
            metrics.waiting(blocked.size(), quarantine.size());
            health.testIfFailing(transactions);
            faults.succeeded();
            committer.tick();
        } catch (RuntimeException | Error e) { // without this thread nothing would be written any more
            inFlight.refuse(GroupCommitter.FAULT, waiting -> blocked.contains(waiting) || quarantine.contains(waiting));
            metrics.writerFault();
            faults.failed(e);
        }
    }

    /** Ends {@link #run} after the group it is at; the thread is interrupted besides, for the case that it waits. */
    void stop() {
        stopped = true;
    }

    /** Commits what is waiting; false if nothing was. */
    private boolean commitNextBatch() throws InterruptedException {
        List<Waiting> drained = new ArrayList<>();
        queue.drain(waitTime(), waiting -> {
            inFlight.take(waiting);
            drained.add(waiting);
        });
        List<Waiting> batch = blocked.due(System.nanoTime());
        inFlight.take(batch);
        for (Waiting waiting : drained) {
            if (!quarantine.isQuarantined(waiting, System.nanoTime())) {
                batch.add(waiting);
            } else if (!quarantine.add(waiting)) {
                waiting.refuse(new Refusal(
                        ErrorCode.OVERLOADED, "More mutations are waiting than the server keeps; send it again later"));
            }
        }
        committer.commit(batch);
        inFlight.clear();
        return !drained.isEmpty();
    }

    private Duration waitTime() {
        if (!quarantine.isEmpty()) {
            return quarantine.delayUntilNext(System.nanoTime());
        }
        return blocked.isEmpty() ? LOOK_EVERY : HeldMutations.RETRY;
    }

    private void commitQuarantined(boolean othersWait) {
        if (quarantine.isEmpty()) {
            return;
        }
        quarantine.retain(waiting -> Deadline.isInTime(waiting, System.nanoTime()));
        long started = System.nanoTime();
        List<Waiting> some = quarantine.next(othersWait, started);
        if (!some.isEmpty()) {
            inFlight.take(some);
            committer.commit(some);
            inFlight.clear();
            quarantine.recordDuration(started, System.nanoTime());
        }
    }
}
