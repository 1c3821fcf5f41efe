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
 * What this node has done since it started, and how it stands. Counters of the JDK, which any thread moves without
 * waiting for another; they are looked at only when somebody asks. OPERATIONS.md says what each means.
 */
@ApplicationScoped
public class Metrics {
    private final ConcurrentMap<String, ApplicationMetrics> applications = new ConcurrentHashMap<>();
    private final Histogram groupMutations = Histogram.ofSizes();
    private final Histogram groupCommit = Histogram.ofTimes();
    private final Histogram commitToSocket = Histogram.ofTimes();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger aside = new AtomicInteger();
    private final LongAdder commitsInDoubt = new LongAdder();
    private final LongAdder writerFaults = new LongAdder();
    private final LongAdder headPolls = new LongAdder();
    private final LongAdder headPollsThatFound = new LongAdder();
    private final LongAdder readingsShared = new LongAdder();
    private final AtomicInteger roomsOpen = new AtomicInteger();
    private final LongAccumulator headSeen = new LongAccumulator(Long::max, 0);
    private final AtomicLong handedOver = new AtomicLong();

    /** When the groups were committed that the publisher has not come to, oldest first. */
    private final Queue<Long> groupsWaiting = new ConcurrentLinkedQueue<>();

    private volatile IntSupplier queueLength = () -> 0;
    private volatile LongSupplier queueOldestWaitedNanos = () -> 0;
    private volatile LongSupplier readings = () -> 0;
    private volatile LongSupplier spooledBytes = () -> 0;
    private volatile IntSupplier readingsWaiting = () -> 0;

    @Inject
    private Instance<MetricsExporter> found;

    private final List<MetricsExporter> metricsExporters = new CopyOnWriteArrayList<>();

    @PostConstruct
    void register() {
        found.forEach(this::showOn);
    }

    /** What is counted for an application; shown from the first time somebody asks. */
    public ApplicationMetrics of(String application) {
        ApplicationMetrics known = applications.get(application);
        return known != null ? known : applications.computeIfAbsent(application, this::shown);
    }

    /** Shows everything there, applications that come later too. */
    void showOn(MetricsExporter metricsExporter) {
        metricsExporters.add(metricsExporter);
        register(metricsExporter);
        applications.values().forEach(application -> application.register(metricsExporter));
    }

    private ApplicationMetrics shown(String application) {
        ApplicationMetrics created = new ApplicationMetrics(application);
        metricsExporters.forEach(created::register);
        return created;
    }

    /**
     * The queue that mutations wait in.
     *
     * @param length how many there are
     * @param oldestWaitedNanos how long the oldest of them has waited; 0 if there is none
     */
    public void queue(IntSupplier length, LongSupplier oldestWaitedNanos) {
        queueLength = length;
        queueOldestWaitedNanos = oldestWaitedNanos;
    }

    /**
     * What rows are read for.
     *
     * @param read how often rows were read from the database, for whomever
     * @param bytes how many bytes of them wait for their readers
     */
    public void readings(LongSupplier read, LongSupplier bytes) {
        readings = read;
        spooledBytes = bytes;
    }

    /** Where readings wait for their turn: how many. */
    public void readingsWait(IntSupplier waiting) {
        readingsWaiting = waiting;
    }

    /** Somebody gets what is read for another. */
    public void readingShared() {
        readingsShared.increment();
    }

    /** A group was committed; the transaction took so long. One of which all were held, and none is done, is none. */
    public void committed(int mutations, long nanos) {
        if (mutations > 0) {
            groupMutations.record(mutations);
            groupCommit.record(nanos);
        }
    }

    /**
     * What the writer has put off.
     *
     * @param forRows how many mutations wait for rows that others hold
     * @param apart how many wait to be tried apart from the others
     */
    public void waiting(int forRows, int apart) {
        held.set(forRows);
        aside.set(apart);
    }

    /** A commit had no answer: the log is asked. */
    public void commitInDoubt() {
        commitsInDoubt.increment();
    }

    /** The writer met a fault that is not one of a mutation's values. */
    public void writerFault() {
        writerFaults.increment();
    }

    /** A committed group waits for the publisher from now on. */
    public void batchWaits() {
        groupsWaiting.add(System.nanoTime());
    }

    /** The publisher has come to the group that waited longest. */
    public void batchTaken() {
        groupsWaiting.poll();
    }

    /** The head was looked at, while everything up to a position had been handed to the rooms. */
    public void headPolled(Seq head, Seq position) {
        headPolls.increment();
        if (head.isAfter(position)) {
            headPollsThatFound.increment();
        }
        headSeen.accumulate(head.value());
    }

    /** Everything up to this position has been handed to the rooms. */
    public void delivered(Seq position) {
        handedOver.set(position.value());
        headSeen.accumulate(position.value());
    }

    /** So many rooms are open. */
    public void rooms(int open) {
        roomsOpen.set(open);
    }

    /** A commit has come to its first session in a dialect, and was durable, or read from the log, at this time. */
    public void writtenToSocket(long sinceNanos) {
        commitToSocket.record(System.nanoTime() - sinceNanos);
    }

    private void register(MetricsExporter metricsExporter) {
        groupMutations.register(metricsExporter, "lockstep_group_mutations");
        groupCommit.register(metricsExporter, "lockstep_group_commit_seconds");
        commitToSocket.register(metricsExporter, "lockstep_commit_to_socket_seconds");
        metricsExporter.counter("lockstep_commits_in_doubt", Map.of(), commitsInDoubt::sum);
        metricsExporter.counter("lockstep_writer_faults", Map.of(), writerFaults::sum);
        metricsExporter.counter("lockstep_head_polls", Map.of(), headPolls::sum);
        metricsExporter.counter("lockstep_head_polls_that_found", Map.of(), headPollsThatFound::sum);
        metricsExporter.gauge("lockstep_queue_mutations", Map.of(), () -> queueLength.getAsInt());
        metricsExporter.gauge(
                "lockstep_queue_oldest_seconds", Map.of(), () -> seconds(queueOldestWaitedNanos.getAsLong()));
        metricsExporter.gauge("lockstep_held_mutations", Map.of(), held::get);
        metricsExporter.gauge("lockstep_aside_mutations", Map.of(), aside::get);
        metricsExporter.counter("lockstep_readings", Map.of(), () -> readings.getAsLong());
        metricsExporter.counter("lockstep_readings_shared", Map.of(), readingsShared::sum);
        metricsExporter.gauge("lockstep_readings_waiting", Map.of(), () -> readingsWaiting.getAsInt());
        metricsExporter.gauge("lockstep_spool_bytes", Map.of(), () -> spooledBytes.getAsLong());
        metricsExporter.gauge("lockstep_rooms_open", Map.of(), roomsOpen::get);
        metricsExporter.gauge("lockstep_lag_actions", Map.of(), () -> Math.max(0, headSeen.get() - handedOver.get()));
        metricsExporter.gauge("lockstep_lag_oldest_group_seconds", Map.of(), () -> seconds(oldestBatchWaitedNanos()));
    }

    private long oldestBatchWaitedNanos() {
        Long since = groupsWaiting.peek();
        return since == null ? 0 : System.nanoTime() - since;
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
