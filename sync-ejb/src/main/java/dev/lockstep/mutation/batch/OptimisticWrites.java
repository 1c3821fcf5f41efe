package dev.lockstep.mutation.batch;

import java.time.Duration;

/**
 * Whether groups are tried on trust: nobody asks the database first whether one of their mutations was answered before,
 * or the id of a new row is taken. Both are keys of tables, so whatever is wrong fails the transaction, and the group is
 * tried again by asking. Belongs to the writer's thread.
 */
final class OptimisticWrites {
    /**
     * How long all groups ask first after one was tried in vain. Who sends one mutation again mostly sends more, so that
     * in a second of repeats one group is written twice.
     */
    static final Duration LOST_BY_REPEATS = Duration.ofSeconds(1);

    /**
     * How long they ask first after one had to wait for a lock in vain: an insert waits for whoever changes the row that
     * has its id, which asking does not. The wait is {@link dev.lockstep.database.WritingTransactions#LOCK_WAIT_MAX}.
     */
    static final Duration LOST_BY_LOCKS = Duration.ofSeconds(10);

    private long lostUntilNanos = System.nanoTime();

    boolean isEnabled(long nowNanos) {
        return nowNanos - lostUntilNanos >= 0;
    }

    void suspend(long nowNanos, Duration howLong) {
        lostUntilNanos = nowNanos + howLong.toNanos();
    }
}
