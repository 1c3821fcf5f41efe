package dev.lockstep.mutation.batch;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.mutation.QueuedMutation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Mutations that wait for row locks of other transactions, oldest first. Belongs to the writer's thread. */
final class BlockedMutations {
    /** How often they are retried. */
    static final Duration RETRY_INTERVAL = Duration.ofMillis(50);

    /** Most blocked mutations. One more is refused as retryable. */
    static final int WAITING_MAX = 2_000;

    static final Refusal TOO_MANY =
            new Refusal(ErrorCode.UNAVAILABLE, "Too many mutations wait for locked rows; send the request again later");

    private List<QueuedMutation> queued = new ArrayList<>();
    private long triedNanos = System.nanoTime();

    void add(QueuedMutation mutation) {
        if (queued.size() < WAITING_MAX) {
            queued.add(mutation);
        } else {
            mutation.refuse(TOO_MANY);
        }
    }

    int size() {
        return queued.size();
    }

    boolean isEmpty() {
        return queued.isEmpty();
    }

    boolean contains(QueuedMutation mutation) {
        return queued.stream().anyMatch(one -> one.isSameAs(mutation));
    }

    List<QueuedMutation> all() {
        return new ArrayList<>(queued);
    }

    /** Takes all of them, if it is time to retry them. */
    List<QueuedMutation> due(long nowNanos) {
        if (nowNanos - triedNanos < RETRY_INTERVAL.toNanos()) {
            return new ArrayList<>();
        }
        triedNanos = nowNanos;
        List<QueuedMutation> due = queued;
        queued = new ArrayList<>();
        return due;
    }
}
