package dev.lockstep.metrics;

import dev.lockstep.api.Seq;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Counters and gauges of this node since its start. Built on the JDK's adders: updates from any thread do not block, and
 * values are computed only when an exporter reads them. OPERATIONS.md describes each metric. Thread-safe.
 */
@ApplicationScoped
public class Metrics {
    private final ConcurrentMap<String, ApplicationMetrics> applications = new ConcurrentHashMap<>();
    private final Histogram batchMutations = Histogram.ofSizes();
    private final Histogram batchCommit = Histogram.ofTimes();
    private final Histogram commitToSocket = Histogram.ofTimes();
    private final AtomicInteger blocked = new AtomicInteger();
    private final AtomicInteger quarantined = new AtomicInteger();
    private final LongAdder commitsInDoubt = new LongAdder();
    private final LongAdder writerFaults = new LongAdder();
    private final LongAdder headPolls = new LongAdder();
    private final LongAdder headPollsWithChanges = new LongAdder();
    private final LongAdder readsShared = new LongAdder();
    private final AtomicInteger roomsOpen = new AtomicInteger();
    private final LongAccumulator lastSeenHead = new LongAccumulator(Long::max, 0);
    private final AtomicLong deliveredSeq = new AtomicLong();

    /** Commit times of the batches that wait for the publisher, in nanoseconds, oldest first. */
    private final Queue<Long> batchesWaiting = new ConcurrentLinkedQueue<>();

    private volatile IntSupplier queueLength = () -> 0;
    private volatile LongSupplier queueOldestWaitedNanos = () -> 0;
    private volatile LongSupplier reads = () -> 0;
    private volatile LongSupplier spooledBytes = () -> 0;
    private volatile IntSupplier readsWaiting = () -> 0;

    @Inject
    private Instance<MetricsExporter> available;

    private final List<MetricsExporter> metricsExporters = new CopyOnWriteArrayList<>();

    @PostConstruct
    void register() {
        available.forEach(this::exportTo);
    }

    /** The metrics of an application; they are created and exported on the first call. */
    public ApplicationMetrics of(String application) {
        ApplicationMetrics known = applications.get(application);
        return known != null ? known : applications.computeIfAbsent(application, this::create);
    }

    /** Registers all metrics with an exporter, those of applications that are deployed later included. */
    void exportTo(MetricsExporter metricsExporter) {
        metricsExporters.add(metricsExporter);
        register(metricsExporter);
        applications.values().forEach(application -> application.register(metricsExporter));
    }

    private ApplicationMetrics create(String application) {
        ApplicationMetrics created = new ApplicationMetrics(application);
        metricsExporters.forEach(created::register);
        return created;
    }

    /**
     * Sets the source of the gauges of the writer's queue.
     *
     * @param length the number of queued mutations
     * @param oldestWaitedNanos the age of the oldest queued mutation, in nanoseconds; 0 if the queue is empty
     */
    public void queue(IntSupplier length, LongSupplier oldestWaitedNanos) {
        queueLength = length;
        queueOldestWaitedNanos = oldestWaitedNanos;
    }

    /**
     * Sets the source of the metrics of snapshots.
     *
     * @param read the number of reads from the database
     * @param bytes the bytes that were read and wait for their readers
     */
    public void reads(LongSupplier read, LongSupplier bytes) {
        reads = read;
        spooledBytes = bytes;
    }

    /** Sets the source of the gauge of snapshot reads that wait for a permit. */
    public void readsWaiting(IntSupplier waiting) {
        readsWaiting = waiting;
    }

    /** A request was answered from the read of another request. */
    public void readShared() {
        readsShared.increment();
    }

    /** A batch was committed. A batch without completed mutations (all were blocked) is not counted. */
    public void committed(int mutations, long nanos) {
        if (mutations > 0) {
            batchMutations.record(mutations);
            batchCommit.record(nanos);
        }
    }

    /**
     * Sets the number of mutations that the writer has postponed.
     *
     * @param blockedMutations mutations that wait for row locks of other transactions
     * @param quarantinedMutations mutations that wait to be committed separately
     */
    public void waiting(int blockedMutations, int quarantinedMutations) {
        blocked.set(blockedMutations);
        quarantined.set(quarantinedMutations);
    }

    /** The database did not answer a commit; its result is looked up in the log. */
    public void commitInDoubt() {
        commitsInDoubt.increment();
    }

    /** The writer met a fault that is not caused by the values of a mutation. */
    public void writerFault() {
        writerFaults.increment();
    }

    /** A committed batch waits for the publisher from now on. */
    public void batchQueued() {
        batchesWaiting.add(System.nanoTime());
    }

    /** The publisher has taken the oldest waiting batch. */
    public void batchDequeued() {
        batchesWaiting.poll();
    }

    /** The log's head was read while everything up to {@code position} had been delivered to the rooms. */
    public void headPolled(Seq head, Seq position) {
        headPolls.increment();
        if (head.isAfter(position)) {
            headPollsWithChanges.increment();
        }
        lastSeenHead.accumulate(head.value());
    }

    /** Everything up to this position has been delivered to the rooms. */
    public void delivered(Seq position) {
        deliveredSeq.set(position.value());
        lastSeenHead.accumulate(position.value());
    }

    /** Sets the number of open rooms. */
    public void rooms(int open) {
        roomsOpen.set(open);
    }

    /**
     * A commit was written to the first session of a dialect.
     *
     * @param sinceNanos when the commit became durable, or was read from the log
     */
    public void writtenToSocket(long sinceNanos) {
        commitToSocket.record(System.nanoTime() - sinceNanos);
    }

    private void register(MetricsExporter metricsExporter) {
        batchMutations.register(metricsExporter, "lockstep_batch_mutations");
        batchCommit.register(metricsExporter, "lockstep_batch_commit_seconds");
        commitToSocket.register(metricsExporter, "lockstep_commit_to_socket_seconds");
        metricsExporter.counter("lockstep_commits_in_doubt", Map.of(), commitsInDoubt::sum);
        metricsExporter.counter("lockstep_writer_faults", Map.of(), writerFaults::sum);
        metricsExporter.counter("lockstep_head_polls", Map.of(), headPolls::sum);
        metricsExporter.counter("lockstep_head_polls_with_changes", Map.of(), headPollsWithChanges::sum);
        metricsExporter.gauge("lockstep_queue_mutations", Map.of(), () -> queueLength.getAsInt());
        metricsExporter.gauge(
                "lockstep_queue_oldest_seconds", Map.of(), () -> seconds(queueOldestWaitedNanos.getAsLong()));
        metricsExporter.gauge("lockstep_blocked_mutations", Map.of(), blocked::get);
        metricsExporter.gauge("lockstep_quarantined_mutations", Map.of(), quarantined::get);
        metricsExporter.counter("lockstep_reads", Map.of(), () -> reads.getAsLong());
        metricsExporter.counter("lockstep_reads_shared", Map.of(), readsShared::sum);
        metricsExporter.gauge("lockstep_reads_waiting", Map.of(), () -> readsWaiting.getAsInt());
        metricsExporter.gauge("lockstep_spool_bytes", Map.of(), () -> spooledBytes.getAsLong());
        metricsExporter.gauge("lockstep_rooms_open", Map.of(), roomsOpen::get);
        metricsExporter.gauge(
                "lockstep_lag_actions", Map.of(), () -> Math.max(0, lastSeenHead.get() - deliveredSeq.get()));
        metricsExporter.gauge("lockstep_lag_oldest_batch_seconds", Map.of(), () -> seconds(oldestBatchWaitedNanos()));
    }

    private long oldestBatchWaitedNanos() {
        Long since = batchesWaiting.peek();
        return since == null ? 0 : System.nanoTime() - since;
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
