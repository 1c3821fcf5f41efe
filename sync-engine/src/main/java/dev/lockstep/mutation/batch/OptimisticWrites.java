package dev.lockstep.mutation.batch;

import java.time.Duration;

/**
 * Whether batches are written optimistically: without queries first for stored results and taken ids. Both are keys of
 * tables, so a conflict fails the transaction, and the batch is retried with those queries. Belongs to the writer's
 * thread.
 */
final class OptimisticWrites {
    /**
     * How long batches are written with queries after a repeat or a taken id. A client that repeats one mutation mostly
     * repeats more, so during repeats one batch in a second is written twice.
     */
    static final Duration SUSPENDED_BY_REPEATS = Duration.ofSeconds(1);

    /**
     * The same after a batch waited for a lock in vain: an insert waits for a transaction that changes the row with its id,
     * a query does not. The wait is {@link dev.lockstep.database.WritingTransactions#LOCK_WAIT_MAX}.
     */
    static final Duration SUSPENDED_BY_LOCKS = Duration.ofSeconds(10);

    private long suspendedUntilNanos = System.nanoTime();

    boolean isEnabled(long nowNanos) {
        return nowNanos - suspendedUntilNanos >= 0;
    }

    void suspend(long nowNanos, Duration duration) {
        suspendedUntilNanos = nowNanos + duration.toNanos();
    }
}
