package dev.lockstep.mutation.batch;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.identifier.EntityIds;
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
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Commits all queued mutations as one transaction, again and again: the higher the load, the larger the batches. One per
 * node, on its own thread.
 */
public final class BatchWriter implements Mutations {
    /** How often an idle writer checks whether to stop. An interrupt would close H2's file. */
    private static final Duration STOP_CHECK_INTERVAL = Duration.ofMillis(250);

    private static final Logger LOG = System.getLogger(BatchWriter.class.getName());

    /**
     * The writer's access to the database.
     *
     * @param throttle slows readers down while the writer writes
     * @param health records whether transactions succeed
     */
    public record Database(Transactions transactions, ActionLog log, ReaderThrottle throttle, WriterHealth health) {
        private Database watched() {
            return new Database(health.watch(transactions), log, throttle, health);
        }
    }

    /** The sources of ids, times and random numbers. */
    public record Generators(EntityIds ids, InstantSource clock, RandomGenerator random) {
        long nowMicros() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        }

        long nextBatchId() {
            return random.nextLong();
        }
    }

    /** The parts by which operators observe the writer. */
    public record Monitoring(Metrics metrics, Trace trace) {}

    private final RecurringFault faults = new RecurringFault(
            LOG, Level.ERROR, "The writer continues after a fault; the mutations in flight were refused as retryable");
    private final MutationQueue queue = new MutationQueue();
    private final WriterQueues queues = new WriterQueues();
    private final MutationValidator validator;
    private final Database database;
    private final Metrics metrics;
    private final BatchCommitter committer;

    /** The mutations that a thread submits together. Not static: a test has several nodes, and a server one writer. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable List<QueuedMutation>> together = new ThreadLocal<>();

    private volatile boolean stopped;

    public BatchWriter(
            MutationValidator validator,
            Database database,
            Generators generators,
            Monitoring monitoring,
            BatchPublication publication) {
        this.validator = validator;
        this.database = database.watched();
        this.metrics = monitoring.metrics();
        this.committer = new BatchCommitter(this.database, generators, monitoring, publication, queues);
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

    // If they were queued one by one, the first would become a batch of its own, and the others would wait for it.
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

    /** Commits batch after batch until {@link #stop}; mutations that are still queued then are refused as retryable. */
    public void run() {
        try {
            while (!stopped) {
                commitNextSafely();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The writer stops");
        } finally {
            Refusal stopping = new Refusal(ErrorCode.UNAVAILABLE, "The server is stopping; send the request again");
            queues.refuseWaiting(stopping);
            queue.close(stopping).forEach(queued -> queued.refuse(stopping));
        }
    }

    private void commitNextSafely() throws InterruptedException {
        try {
            boolean othersWait = commitNextBatch();
            commitQuarantined(othersWait);
            metrics.waiting(queues.blocked().size(), queues.quarantine().size());
            database.health().testIfFailing(database.transactions());
            faults.succeeded();
            committer.tick();
        } catch (RuntimeException | Error e) { // without this thread nothing is written any more
            queues.refuseInFlight(BatchCommitter.FAULT);
            metrics.writerFault();
            faults.failed(e);
        }
    }

    /** Ends {@link #run} after the current batch. The caller also interrupts the thread, in case it waits. */
    public void stop() {
        stopped = true;
    }

    /** Commits the queued mutations; false if there were none. */
    private boolean commitNextBatch() throws InterruptedException {
        List<QueuedMutation> drained = new ArrayList<>();
        queue.drain(waitTime(), queued -> {
            queues.inFlight().take(queued);
            drained.add(queued);
        });
        List<QueuedMutation> batch = queues.blocked().due(System.nanoTime());
        queues.inFlight().take(batch);
        for (QueuedMutation queued : drained) {
            if (!queues.quarantine().isQuarantined(queued, System.nanoTime())) {
                batch.add(queued);
            } else if (!queues.quarantine().add(queued)) {
                queued.refuse(new Refusal(
                        ErrorCode.OVERLOADED, "Too many mutations are waiting; send the request again later"));
            }
        }
        committer.commit(batch);
        queues.inFlight().clear();
        return !drained.isEmpty();
    }

    private Duration waitTime() {
        if (!queues.quarantine().isEmpty()) {
            return queues.quarantine().delayUntilNext(System.nanoTime());
        }
        return queues.blocked().isEmpty() ? STOP_CHECK_INTERVAL : BlockedMutations.RETRY_INTERVAL;
    }

    private void commitQuarantined(boolean othersWait) {
        if (queues.quarantine().isEmpty()) {
            return;
        }
        queues.quarantine().retain(queued -> Deadline.isInTime(queued, System.nanoTime()));
        long started = System.nanoTime();
        List<QueuedMutation> batch = queues.quarantine().next(othersWait, started);
        if (!batch.isEmpty()) {
            queues.inFlight().take(batch);
            committer.commit(batch);
            queues.inFlight().clear();
            queues.quarantine().recordDuration(started, System.nanoTime());
        }
    }
}
