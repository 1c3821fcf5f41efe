package dev.lockstep.mutation.batch;

import dev.lockstep.api.MutationId;
import dev.lockstep.mutation.FaultSource;
import dev.lockstep.mutation.QueuedMutation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Mutations that are committed separately, because they might fail the batch of others: those of a source of which the
 * database recently refused a mutation, and those that waited for a lock in vain. Belongs to the writer's thread.
 */
final class QuarantineQueue {
    /** Most mutations that wait here. One more is refused as retryable. */
    static final int WAITING_MAX = 2_000;

    /** How long all mutations of a source are quarantined after the database refused one of them. */
    static final Duration QUARANTINE_PERIOD = Duration.ofSeconds(10);

    /** Most quarantined sources. Beyond it the one with the oldest fault is released. */
    static final int SOURCES_MAX = 10_000;

    /** While other mutations wait, quarantined ones get at most one part in so many of the writer's time. */
    private static final int TIME_SHARE = 5;

    /** Most mutations of one batch of this queue. The size doubles with each batch and starts at 1 after a fault. */
    private static final int BATCH_MAX = 64;

    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Map<FaultSource, Integer> waitingBySource = new HashMap<>();
    private final SequencedMap<FaultSource, Long> faultAtNanos = new LinkedHashMap<>();
    private int batchSize = 1;
    private long nextAtNanos = System.nanoTime();

    /** A mutation, and whether it waited for a lock in vain. */
    private record Entry(QueuedMutation mutation, boolean contended) {
        /** Whether later mutations of the same source wait behind it. A lock does not hold up other clients of a room. */
        boolean blocksSource() {
            return !contended
                    || mutation.mutation().id().filter(MutationId::ordered).isPresent();
        }
    }

    /** Whether the source of a mutation is quarantined. */
    boolean isQuarantined(QueuedMutation mutation, long nowNanos) {
        if (waitingBySource.containsKey(mutation.faultSource())) {
            return true;
        }
        Long fault = faultAtNanos.get(FaultSource.ofFault(mutation.mutation()));
        return fault != null && nowNanos - fault < QUARANTINE_PERIOD.toNanos();
    }

    /** Quarantines the source of a mutation whose values the database refused. */
    void quarantine(QueuedMutation culprit, long nowNanos) {
        FaultSource faultSource = FaultSource.ofFault(culprit.mutation());
        faultAtNanos.remove(faultSource);
        faultAtNanos.put(faultSource, nowNanos); // to the end: the first entry is the oldest fault
        if (faultAtNanos.size() > SOURCES_MAX) {
            faultAtNanos.pollFirstEntry();
        }
        batchSize = 1;
    }

    /** Queues a mutation; false if the queue is full. */
    boolean add(QueuedMutation mutation) {
        return add(new Entry(mutation, false));
    }

    /** The same, for a mutation that waited for a lock in vain. */
    boolean addContended(QueuedMutation mutation) {
        return add(new Entry(mutation, true));
    }

    private boolean add(Entry entry) {
        if (waiting.size() >= WAITING_MAX) {
            return false;
        }
        waiting.add(entry);
        if (entry.blocksSource()) {
            waitingBySource.merge(entry.mutation().faultSource(), 1, Integer::sum);
        }
        return true;
    }

    int size() {
        return waiting.size();
    }

    boolean contains(QueuedMutation mutation) {
        return waiting.stream().anyMatch(entry -> entry.mutation().isSameAs(mutation));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The mutations that wait because of a lock: later ones for the same rows do not overtake them. */
    List<QueuedMutation> contended() {
        return waiting.stream().filter(Entry::contended).map(Entry::mutation).toList();
    }

    /**
     * Takes the next mutations to commit; empty while other mutations have priority.
     *
     * @param othersWait whether other mutations are queued
     */
    List<QueuedMutation> next(boolean othersWait, long nowNanos) {
        if (othersWait && nowNanos - nextAtNanos < 0) {
            return List.of();
        }
        List<QueuedMutation> taken = new ArrayList<>();
        boolean single = false;
        while (!waiting.isEmpty() && taken.size() < batchSize && !single) {
            single = waiting.getFirst().contended();
            if (!single || taken.isEmpty()) {
                taken.add(remove());
            }
        }
        batchSize = Math.min(batchSize * 2, BATCH_MAX);
        return taken;
    }

    private QueuedMutation remove() {
        Entry first = waiting.removeFirst();
        if (first.blocksSource()) {
            waitingBySource.computeIfPresent(
                    first.mutation().faultSource(), (faultSource, count) -> count == 1 ? null : count - 1);
        }
        return first.mutation();
    }

    /** How long other mutations have priority, {@link BlockedMutations#RETRY_INTERVAL} at most. */
    Duration delayUntilNext(long nowNanos) {
        long left = Math.clamp(nextAtNanos - nowNanos, 0, BlockedMutations.RETRY_INTERVAL.toNanos());
        return Duration.ofNanos(left);
    }

    /** Records how long the last batch of this queue took: other mutations have priority in proportion. */
    void recordDuration(long startedNanos, long endedNanos) {
        nextAtNanos = endedNanos + (TIME_SHARE - 1) * (endedNanos - startedNanos);
    }

    /** Removes the mutations that do not match. */
    void retain(Predicate<QueuedMutation> kept) {
        for (int i = waiting.size(); i > 0; i--) {
            Entry entry = waiting.getFirst();
            remove();
            if (kept.test(entry.mutation())) {
                add(entry);
            }
        }
    }

    /** Removes all mutations. */
    void drain(Consumer<QueuedMutation> each) {
        while (!waiting.isEmpty()) {
            each.accept(remove());
        }
    }
}
