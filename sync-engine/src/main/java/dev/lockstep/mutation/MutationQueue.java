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

/** Queue of mutations that wait for the writer, oldest first, which keeps the order within a client. Thread-safe. */
public final class MutationQueue {
    /** Most queued mutations. One more is refused as {@link ErrorCode#OVERLOADED}. */
    static final int WAITING_MAX = 20_000;

    /**
     * Most characters of all unanswered mutations, those that the writer has taken included. A mutation beyond it is
     * refused as {@link ErrorCode#OVERLOADED}; a single mutation of more characters as {@link ErrorCode#TOO_LARGE}.
     */
    static final long UNANSWERED_CHARACTERS_MAX = 64L * 1024 * 1024;

    /** Most mutations in a batch: beyond a few hundred, only the latency grows. */
    static final int BATCH_MUTATIONS_MAX = 500;

    /** Most changes in a batch, unless a single mutation has more. */
    static final int BATCH_CHANGES_MAX = 5_000;

    /** Most characters in a batch, unless a single mutation has more. */
    static final long BATCH_CHARACTERS_MAX = 4L * 1024 * 1024;

    private final BlockingQueue<QueuedMutation> queued = new LinkedBlockingQueue<>(WAITING_MAX);
    private final AtomicLong unanswered = new AtomicLong();
    private volatile @Nullable Refusal closed;

    /** Locked while several mutations are added, so that one batch takes them all. */
    private final ReentrantLock adding = new ReentrantLock();

    /**
     * Adds several mutations at once, in their order; those that do not fit are refused. After a retryable refusal all
     * further ones are refused as well: otherwise they would overtake the one that is sent again.
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
        refusals.forEach(Runnable::run); // outside the lock: it calls the waiting callers
    }

    /** Adds a mutation; a refusal if it cannot be added. */
    public Optional<Refusal> add(QueuedMutation mutation) {
        if (closed != null) {
            return Optional.of(closed);
        }
        if (mutation.characters() > UNANSWERED_CHARACTERS_MAX) {
            return Optional.of(
                    new Refusal(ErrorCode.TOO_LARGE, "The mutation is larger than the queue; send less at a time"));
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
        return Optional.of(
                new Refusal(ErrorCode.OVERLOADED, "Too many mutations are waiting; send the request again later"));
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
     * Takes the oldest mutation and those behind it, up to the limits of a batch; none if none came in time.
     *
     * @param waitMax how long to wait for the first
     * @param taker receives each mutation as soon as it is out of the queue
     */
    public void drain(Duration waitMax, Consumer<QueuedMutation> taker) throws InterruptedException {
        QueuedMutation first = queued.poll(waitMax.toNanos(), TimeUnit.NANOSECONDS);
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
            QueuedMutation behind = queued.peek();
            boolean fits = behind != null
                    && mutations < BATCH_MUTATIONS_MAX
                    && changes + behind.changes().size() <= BATCH_CHANGES_MAX
                    && characters + behind.characters() <= BATCH_CHARACTERS_MAX;
            next = fits ? queued.poll() : null;
            if (next != null) {
                taker.accept(next);
            }
        }
    }

    /** The number of queued mutations. */
    public int length() {
        return queued.size();
    }

    /** The age of the oldest queued mutation; 0 if there is none. */
    public long oldestWaitedNanos() {
        QueuedMutation oldest = queued.peek();
        return oldest == null ? 0 : System.nanoTime() - oldest.queuedAtNanos();
    }

    /** Refuses all further mutations with this refusal; returns those that are still queued. */
    public List<QueuedMutation> close(Refusal refusal) {
        closed = refusal;
        List<QueuedMutation> left = new ArrayList<>();
        queued.drainTo(left);
        return left;
    }
}
