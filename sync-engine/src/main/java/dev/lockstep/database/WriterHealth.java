package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Health of this node's writer: it may be unable to write while reads work. Observes the writer's transactions. A failure
 * caused by the content of a mutation looks like any other, so after failures the writer tests with a write of its own.
 * Thread-safe, for one writer.
 */
@ApplicationScoped
public class WriterHealth {
    /**
     * Longest time in which the writer may fail, or stay in one transaction. After it the node is not ready until a
     * transaction has been committed.
     */
    public static final Duration UNABLE_MAX = Duration.ofSeconds(5);

    /** Interval of the tests of a failing writer. */
    static final Duration TEST_INTERVAL = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private OptionalLong failingSince = OptionalLong.empty();
    private OptionalLong busySince = OptionalLong.empty();
    private OptionalLong testedAt = OptionalLong.empty();

    public WriterHealth() {
        this(System::nanoTime);
    }

    /** For tests, with a clock of their own. */
    WriterHealth(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Observes the writer's transactions. */
    public Transactions watch(Transactions transactions) {
        return new Transactions() {
            @Override
            public <T> T run(Work<T> work) {
                transactionStarted();
                boolean committed = false;
                try {
                    T result = transactions.run(work);
                    committed = true;
                    return result;
                } finally {
                    transactionEnded(committed);
                }
            }
        };
    }

    /**
     * Tests whether the writer can write, if it has been failing for a while. To be called on the writer's thread, every
     * few hundred milliseconds.
     *
     * @param watched the result of {@link #watch}
     */
    public void testIfFailing(Transactions watched) {
        if (!isTestDue()) {
            return;
        }
        try {
            watched.run(scope -> {
                WritingTransactions.begin(scope.connection(), WritingTransactions.LOCK_WAIT_MAX);
                try (PreparedStatement write =
                        scope.connection().prepareStatement("update lockstep_head set seq = seq where id = 1")) {
                    return write.executeUpdate();
                }
            });
        } catch (TransactionFailed stillFailing) {
            return; // the watched transaction has counted the failure
        }
    }

    private synchronized boolean isTestDue() {
        long now = nanoTime.getAsLong();
        boolean due = isLonger(failingSince, now, TEST_INTERVAL)
                && (testedAt.isEmpty() || isLonger(testedAt, now, TEST_INTERVAL));
        if (due) {
            testedAt = OptionalLong.of(now);
        }
        return due;
    }

    private synchronized void transactionStarted() {
        busySince = OptionalLong.of(nanoTime.getAsLong());
    }

    private synchronized void transactionEnded(boolean committed) {
        busySince = OptionalLong.empty();
        if (committed) {
            failingSince = OptionalLong.empty();
        } else if (failingSince.isEmpty()) {
            failingSince = OptionalLong.of(nanoTime.getAsLong());
        }
    }

    /** Whether the writer is expected to be able to write. */
    public synchronized boolean canWrite() {
        long now = nanoTime.getAsLong();
        return !isLonger(failingSince, now, UNABLE_MAX) && !isLonger(busySince, now, UNABLE_MAX);
    }

    private static boolean isLonger(OptionalLong since, long now, Duration limit) {
        return since.isPresent() && now - since.getAsLong() >= limit.toNanos();
    }
}
