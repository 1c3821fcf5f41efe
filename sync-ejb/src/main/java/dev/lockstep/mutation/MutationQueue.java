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
import org.jspecify.annotations.Nullable;

/** Mutations that wait for the writer, oldest first, so that the order within one client is kept. Thread-safe. */
final class MutationQueue {
    /** Most mutations that wait. One more is refused as {@link ErrorCode#OVERLOADED}. */
    static final int WAITING_MAX = 20_000;

    /** Most mutations in one group: past a few hundred a group only gets slower to answer. */
    static final int GROUP_MUTATIONS_MAX = 500;

    /** Most changes in one group, unless a single mutation has more. */
    static final int GROUP_CHANGES_MAX = 5_000;

    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
    private volatile @Nullable Refusal closed;

    /** Empty if the mutation waits now; otherwise why not. */
    Optional<Refusal> add(Waiting mutation) {
        if (closed != null) {
            return Optional.of(closed);
        }
        if (!waiting.offer(mutation)) {
            return Optional.of(new Refusal(
                    ErrorCode.OVERLOADED, "More mutations are waiting than the server keeps; send it again later"));
        }
        Refusal since = closed;
        return since != null && waiting.remove(mutation) ? Optional.of(since) : Optional.empty();
    }

    /**
     * Takes the oldest mutation and those behind it, up to the limits of a group.
     *
     * @param patience how long to wait for one
     * @return empty if none came in time
     */
    List<Waiting> drain(Duration patience) throws InterruptedException {
        List<Waiting> group = new ArrayList<>();
        Waiting next = waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        int changes = 0;
        while (next != null) {
            group.add(next);
            changes += next.changes().size();
            Waiting following = waiting.peek();
            boolean fits = following != null
                    && group.size() < GROUP_MUTATIONS_MAX
                    && changes + following.changes().size() <= GROUP_CHANGES_MAX;
            next = fits ? waiting.poll() : null;
        }
        return group;
    }

    /** Takes nothing more, but answers with this refusal; gives back what still waits. */
    List<Waiting> close(Refusal refusal) {
        closed = refusal;
        List<Waiting> left = new ArrayList<>();
        waiting.drainTo(left);
        return left;
    }
}
