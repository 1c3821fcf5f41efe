package dev.lockstep.mutation.batch;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.collection.EntityIds;
import dev.lockstep.collection.RowReader;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WriterHealth;
import dev.lockstep.delivery.BatchPublication;
import dev.lockstep.log.ActionLog;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.Deadline;
import dev.lockstep.mutation.MutationQueue;
import dev.lockstep.mutation.MutationValidator;
import dev.lockstep.mutation.PreparedChange;
import dev.lockstep.mutation.QueuedMutation;
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
public final class BatchWriter implements Mutations {
    /** How soon an idle writer sees that it should stop. It is not interrupted: that would close H2's file under it. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final Logger LOG = System.getLogger(BatchWriter.class.getName());

    private final RecurringFault faults = new RecurringFault(
            LOG, Level.ERROR, "the writer went on after a fault; what it had in hand was refused as retryable");
    private final InFlightMutations inFlight = new InFlightMutations();
    private final MutationQueue queue = new MutationQueue();
    private final BlockedMutations blocked = new BlockedMutations();
    private final QuarantineQueue quarantine = new QuarantineQueue();
    private final MutationValidator validator;
    private final BatchCommitter committer;
    private final Metrics metrics;
    private final Transactions transactions;
    private final WriterHealth health;

    /** What a thread submits together. Not static: a test has several nodes, and a server one writer. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable List<QueuedMutation>> together = new ThreadLocal<>();

    private volatile boolean stopped;

    public BatchWriter(
            CollectionRegistry collections,
            RowReader reader,
            Transactions transactions,
            ActionLog log,
            EntityIds ids,
            InstantSource clock,
            RandomGenerator random,
            BatchPublication batchPublication,
            Trace trace,
            Metrics metrics,
            ReaderThrottle way,
            WriterHealth health) {
        this.health = health;
        this.transactions = health.watch(transactions);
        this.validator = new MutationValidator(collections, reader);
        this.committer = new BatchCommitter(
                this.transactions,
                log,
                ids,
                clock,
                random,
                batchPublication,
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
            changes = validator.prepare(mutation);
        } catch (SyncException refused) {
            return CompletableFuture.completedStage(new MutationResult.Refused(refused.refusal()));
        }
        return enqueue(new QueuedMutation(mutation, changes));
    }

    public CompletionStage<MutationResult> enqueue(QueuedMutation queued) {
        List<QueuedMutation> others = together.get();
        if (others != null) {
            others.add(queued);
        } else {
            queue.add(queued).ifPresent(queued::refuse);
        }
        return queued.answer();
    }

    // Queued one by one, the first of many would make a group of their own, and the rest wait for it.
    @Override
    public void together(Runnable submitting) {
        if (together.get() != null) {
            submitting.run();
            return;
        }
        List<QueuedMutation> submitted = new ArrayList<>();
        together.set(submitted);
        try {
            submitting.run();
        } finally {
            together.remove();
            queue.addAll(submitted);
        }
    }

    /** Writes group after group until {@link #stop}; what is still waiting then is refused as retryable. */
    public void run() {
        try {
            while (!stopped) {
                guarded();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "writer stops");
        } finally {
            Refusal stopping = new Refusal(ErrorCode.UNAVAILABLE, "The server is stopping; send the same again");
            blocked.all().forEach(queued -> queued.refuse(stopping));
            quarantine.drain(queued -> queued.refuse(stopping));
            queue.close(stopping).forEach(queued -> queued.refuse(stopping));
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
            inFlight.refuse(BatchCommitter.FAULT, queued -> blocked.contains(queued) || quarantine.contains(queued));
            metrics.writerFault();
            faults.failed(e);
        }
    }

    /** Ends {@link #run} after the group it is at; the thread is interrupted besides, for the case that it waits. */
    public void stop() {
        stopped = true;
    }

    /** Commits what is waiting; false if nothing was. */
    private boolean commitNextBatch() throws InterruptedException {
        List<QueuedMutation> drained = new ArrayList<>();
        queue.drain(waitTime(), queued -> {
            inFlight.take(queued);
            drained.add(queued);
        });
        List<QueuedMutation> batch = blocked.due(System.nanoTime());
        inFlight.take(batch);
        for (QueuedMutation queued : drained) {
            if (!quarantine.isQuarantined(queued, System.nanoTime())) {
                batch.add(queued);
            } else if (!quarantine.add(queued)) {
                queued.refuse(new Refusal(
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
        return blocked.isEmpty() ? LOOK_EVERY : BlockedMutations.RETRY;
    }

    private void commitQuarantined(boolean othersWait) {
        if (quarantine.isEmpty()) {
            return;
        }
        quarantine.retain(queued -> Deadline.isInTime(queued, System.nanoTime()));
        long started = System.nanoTime();
        List<QueuedMutation> some = quarantine.next(othersWait, started);
        if (!some.isEmpty()) {
            inFlight.take(some);
            committer.commit(some);
            inFlight.clear();
            quarantine.recordDuration(started, System.nanoTime());
        }
    }
}
