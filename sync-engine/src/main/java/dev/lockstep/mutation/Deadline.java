package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import java.time.Duration;
import java.util.List;

/** The longest time that a mutation waits in the queue and for row locks, together. */
public final class Deadline {
    /**
     * The longest wait. After it a mutation is refused as retryable. The native client gives up after 10 s (contract,
     * section 1.7), so it receives the refusal before.
     */
    public static final Duration WAIT_MAX = Duration.ofSeconds(8);

    private Deadline() {}

    /** The mutations that may still be written; the others are refused. */
    public static List<QueuedMutation> inTime(List<QueuedMutation> batch) {
        long now = System.nanoTime();
        return batch.stream().filter(queued -> isInTime(queued, now)).toList();
    }

    /** Whether a mutation may still be written; otherwise it is refused. */
    public static boolean isInTime(QueuedMutation queued, long nowNanos) {
        boolean inTime = nowNanos - queued.queuedAtNanos() < WAIT_MAX.toNanos();
        if (!inTime) {
            queued.refuse(new Refusal(
                    ErrorCode.UNAVAILABLE,
                    "The mutation was not written within " + WAIT_MAX.toSeconds() + " s; send the request again"));
        }
        return inTime;
    }
}
