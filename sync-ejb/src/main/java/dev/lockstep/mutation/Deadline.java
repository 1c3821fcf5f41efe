package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import java.time.Duration;
import java.util.List;

/** How long a mutation waits: for its turn, for a row that another transaction holds, for both together. */
public final class Deadline {
    /**
     * The longest wait. After it a mutation is refused as retryable: before the native client gives up after 10 s
     * (contract, section 1.7), and with the same effect on it.
     */
    public static final Duration WAIT_MAX = Duration.ofSeconds(8);

    private Deadline() {}

    /** Those that may still be written; the others are refused. */
    public static List<QueuedMutation> inTime(List<QueuedMutation> batch) {
        long now = System.nanoTime();
        return batch.stream().filter(queued -> isInTime(queued, now)).toList();
    }

    /** Whether it may still be written; it is refused if not. */
    public static boolean isInTime(QueuedMutation queued, long nowNanos) {
        boolean inTime = nowNanos - queued.queuedAtNanos() < WAIT_MAX.toNanos();
        if (!inTime) {
            queued.refuse(new Refusal(
                    ErrorCode.UNAVAILABLE,
                    "It could not be written within " + WAIT_MAX.toSeconds() + " s; send the same again"));
        }
        return inTime;
    }
}
