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
 * Mutations that would spoil a group for the others, and are tried by themselves: those from where the database has had
 * to refuse something lately, and those that had to wait for somebody's lock. Belongs to the writer's thread.
 */
final class QuarantineQueue {
    /** Most mutations that wait here. One more is refused as retryable. */
    static final int WAITING_MAX = 2_000;

    /** How long everything of an origin is tried aside after the database refused something of it. */
    static final Duration SUSPECTED_FOR = Duration.ofSeconds(10);

    /** Most origins under suspicion. The one whose fault is longest ago is forgotten then. */
    static final int SUSPECTS_MAX = 10_000;

    /** What is tried aside takes at most one part in so many of the writer's time, while others wait. */
    private static final int SHARE = 5;

    /** Most mutations that are tried at once here, after as many went well. */
    private static final int AT_ONCE_MAX = 64;

    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Map<FaultSource, Integer> waitingByOrigin = new HashMap<>();
    private final SequencedMap<FaultSource, Long> faultAtNanos = new LinkedHashMap<>();
    private int atOnce = 1;
    private long notBeforeNanos = System.nanoTime();

    /** A mutation, and whether somebody's lock was in its way. */
    private record Entry(QueuedMutation mutation, boolean contended) {
        /** Whether what comes from the same origin later has to wait, too. A lock is no fault of others in a room. */
        boolean binds() {
            return !contended
                    || mutation.mutation().id().filter(MutationId::ordered).isPresent();
        }
    }

    /** Whether a mutation has to wait here, by where it comes from. */
    boolean isQuarantined(QueuedMutation mutation, long nowNanos) {
        if (waitingByOrigin.containsKey(mutation.faultSource())) {
            return true;
        }
        Long fault = faultAtNanos.get(FaultSource.ofFault(mutation.mutation()));
        return fault != null && nowNanos - fault < SUSPECTED_FOR.toNanos();
    }

    /** The database refused a mutation for what it holds. */
    void quarantine(QueuedMutation culprit, long nowNanos) {
        FaultSource faultSource = FaultSource.ofFault(culprit.mutation());
        faultAtNanos.remove(faultSource);
        faultAtNanos.put(faultSource, nowNanos); // to the end: the first is the one longest ago
        if (faultAtNanos.size() > SUSPECTS_MAX) {
            faultAtNanos.pollFirstEntry();
        }
        atOnce = 1;
    }

    /** Puts a mutation behind those that wait; false if there is no room for it. */
    boolean add(QueuedMutation mutation) {
        return add(new Entry(mutation, false));
    }

    /** The same, for one that waited for somebody's lock in vain. */
    boolean addContended(QueuedMutation mutation) {
        return add(new Entry(mutation, true));
    }

    private boolean add(Entry entry) {
        if (waiting.size() >= WAITING_MAX) {
            return false;
        }
        waiting.add(entry);
        if (entry.binds()) {
            waitingByOrigin.merge(entry.mutation().faultSource(), 1, Integer::sum);
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

    /** Those that wait because of somebody's lock: who wants the same rows stays behind them. */
    List<QueuedMutation> contended() {
        return waiting.stream().filter(Entry::contended).map(Entry::mutation).toList();
    }

    /**
     * Takes what is to be tried now; empty if others have a right to go first.
     *
     * @param othersWait whether there are any
     */
    List<QueuedMutation> next(boolean othersWait, long nowNanos) {
        if (othersWait && nowNanos - notBeforeNanos < 0) {
            return List.of();
        }
        List<QueuedMutation> some = new ArrayList<>();
        boolean alone = false;
        while (!waiting.isEmpty() && some.size() < atOnce && !alone) {
            alone = waiting.getFirst().contended();
            if (!alone || some.isEmpty()) {
                some.add(remove());
            }
        }
        atOnce = Math.min(atOnce * 2, AT_ONCE_MAX);
        return some;
    }

    private QueuedMutation remove() {
        Entry first = waiting.removeFirst();
        if (first.binds()) {
            waitingByOrigin.computeIfPresent(
                    first.mutation().faultSource(), (faultSource, count) -> count == 1 ? null : count - 1);
        }
        return first.mutation();
    }

    /** How long the others have a right to go first, {@link BlockedMutations#RETRY} at most. */
    Duration delayUntilNext(long nowNanos) {
        long left = Math.clamp(notBeforeNanos - nowNanos, 0, BlockedMutations.RETRY.toNanos());
        return Duration.ofNanos(left);
    }

    /** The last try took so long: the others have a right to more. */
    void recordDuration(long startedNanos, long endedNanos) {
        notBeforeNanos = endedNanos + (SHARE - 1) * (endedNanos - startedNanos);
    }

    /** Lets go of those that the caller does not want to keep waiting. */
    void retain(Predicate<QueuedMutation> kept) {
        for (int i = waiting.size(); i > 0; i--) {
            Entry entry = waiting.getFirst();
            remove();
            if (kept.test(entry.mutation())) {
                add(entry);
            }
        }
    }

    /** Lets go of all. */
    void drain(Consumer<QueuedMutation> each) {
        while (!waiting.isEmpty()) {
            each.accept(remove());
        }
    }
}
