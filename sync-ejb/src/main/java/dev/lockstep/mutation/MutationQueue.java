package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Mutations that wait for the writer, oldest first, so that the order within one client is kept. Thread-safe. */
public final class MutationQueue {
    /** Most mutations that wait. One more is refused as {@link ErrorCode#OVERLOADED}. */
    static final int WAITING_MAX = 20_000;

    /**
     * Most characters of all mutations that have no answer yet, those in the hands of the writer included. One more
     * mutation is refused as {@link ErrorCode#OVERLOADED}; one that is larger alone, as {@link ErrorCode#TOO_LARGE}.
     */
    static final long UNANSWERED_CHARACTERS_MAX = 64L * 1024 * 1024;

    /** Most mutations in one group: past a few hundred a group only gets slower to answer. */
    static final int GROUP_MUTATIONS_MAX = 500;

    /** Most changes in one group, unless a single mutation has more. */
    static final int GROUP_CHANGES_MAX = 5_000;

    /** Most characters in one group, unless a single mutation has more. */
    static final long GROUP_CHARACTERS_MAX = 4L * 1024 * 1024;

    private final BlockingQueue<QueuedMutation> queued = new LinkedBlockingQueue<>(WAITING_MAX);
    private final AtomicLong unanswered = new AtomicLong();
    private volatile @Nullable Refusal closed;

    /** Held while several are added, so that no group ends among them. */
    private final ReentrantLock adding = new ReentrantLock();

    /**
     * Adds several at once, in their order; what does not fit hears why. Behind one that may be sent again none is added:
     * it would pass those before it.
     */
    public void addAll(List<QueuedMutation> mutations) {
        List<Runnable> refusals = new ArrayList<>();
        adding.lock();
        try {
            Optional<Refusal> full = Optional.empty();
            for (QueuedMutation each : mutations) {
                Optional<Refusal> refused = full.or(() -> add(each));
                refused.ifPresent(refusal -> refusals.add(() -> each.refuse(refusal)));
                full = refused.filter(refusal -> refusal.code().retryable());
            }
        } finally {
            adding.unlock();
        }
        refusals.forEach(Runnable::run); // not under the lock: somebody hears of it
    }

    /** Empty if the mutation waits now; otherwise why not. */
    public Optional<Refusal> add(QueuedMutation mutation) {
        if (closed != null) {
            return Optional.of(closed);
        }
        if (mutation.characters() > UNANSWERED_CHARACTERS_MAX) {
            return Optional.of(new Refusal(
                    ErrorCode.TOO_LARGE, "The mutation is larger than the server keeps; send less at a time"));
        }
        if (!reserve(mutation.characters())) {
            return overloaded();
        }
        if (!queued.offer(mutation)) {
            free(mutation.characters());
            return overloaded();
        }
        Refusal since = closed;
        if (since != null && queued.remove(mutation)) {
            free(mutation.characters());
            return Optional.of(since);
        }
        var unused = mutation.answer().whenComplete((answer, failure) -> free(mutation.characters()));
        return Optional.empty();
    }

    private static Optional<Refusal> overloaded() {
        return Optional.of(new Refusal(
                ErrorCode.OVERLOADED, "More mutations are waiting than the server keeps; send it again later"));
    }

    private boolean reserve(long characters) {
        if (unanswered.addAndGet(characters) <= UNANSWERED_CHARACTERS_MAX) {
            return true;
        }
        free(characters);
        return false;
    }

    private void free(long characters) {
        unanswered.addAndGet(-characters);
    }

    /**
     * Takes the oldest mutation and those behind it, up to the limits of a group; none if none came in time.
     *
     * @param patience how long to wait for one
     * @param taker is given each as soon as it waits here no more
     */
    public void drain(Duration patience, Consumer<QueuedMutation> taker) throws InterruptedException {
        QueuedMutation first = queued.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (first == null) {
            return;
        }
        taker.accept(first);
        adding.lock();
        try {
            drainBehind(first, taker);
        } finally {
            adding.unlock();
        }
    }

    private void drainBehind(QueuedMutation first, Consumer<QueuedMutation> taker) {
        QueuedMutation next = first;
        int mutations = 0;
        int changes = 0;
        long characters = 0;
        while (next != null) {
            mutations++;
            changes += next.changes().size();
            characters += next.characters();
            QueuedMutation following = queued.peek();
            boolean fits = following != null
                    && mutations < GROUP_MUTATIONS_MAX
                    && changes + following.changes().size() <= GROUP_CHANGES_MAX
                    && characters + following.characters() <= GROUP_CHARACTERS_MAX;
            next = fits ? queued.poll() : null;
            if (next != null) {
                taker.accept(next);
            }
        }
    }

    /** How many wait. */
    public int length() {
        return queued.size();
    }

    /** How long the oldest has waited; 0 if there is none. */
    public long oldestWaitedNanos() {
        QueuedMutation oldest = queued.peek();
        return oldest == null ? 0 : System.nanoTime() - oldest.queuedAtNanos();
    }

    /** Takes nothing more, but answers with this refusal; gives back what still waits. */
    public List<QueuedMutation> close(Refusal refusal) {
        closed = refusal;
        List<QueuedMutation> left = new ArrayList<>();
        queued.drainTo(left);
        return left;
    }
}
