package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Whether this node's writer can write; reads may work although it cannot. Watches the writer's transactions. One that fails because of what a mutation holds looks like any other, so the writer
 * tests with a write of its own. Thread-safe, for one writer.
 */
@ApplicationScoped
public class WriterHealth {
    /**
     * How long the writer may fail, or stay in one transaction. After it the node is not ready until a transaction has
     * been committed again.
     */
    public static final Duration UNABLE_MAX = Duration.ofSeconds(5);

    /** How often a writer that fails tests whether it can write. */
    static final Duration TEST_EVERY = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private OptionalLong failingSince = OptionalLong.empty();
    private OptionalLong busySince = OptionalLong.empty();
    private OptionalLong testedAt = OptionalLong.empty();

    public WriterHealth() {
        this(System::nanoTime);
    }

    /** For tests, which bring a clock of their own. */
    WriterHealth(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The writer's transactions, watched. */
    public Transactions watch(Transactions transactions) {
        return new Transactions() {
            @Override
            public <T> T run(Work<T> work) {
                transactionBegan();
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
     * Tests whether the writer can write, if it has failed for a while. To be called on the writer's thread, every few
     * hundred milliseconds.
     *
     * @param watched what {@link #watch} returned
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
            return; // it has been counted as a failure
        }
    }

    private synchronized boolean isTestDue() {
        long now = nanoTime.getAsLong();
        boolean due =
                isLonger(failingSince, now, TEST_EVERY) && (testedAt.isEmpty() || isLonger(testedAt, now, TEST_EVERY));
        if (due) {
            testedAt = OptionalLong.of(now);
        }
        return due;
    }

    private synchronized void transactionBegan() {
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

    /** Whether mutations are likely to be written. */
    public synchronized boolean canWrite() {
        long now = nanoTime.getAsLong();
        return !isLonger(failingSince, now, UNABLE_MAX) && !isLonger(busySince, now, UNABLE_MAX);
    }

    private static boolean isLonger(OptionalLong since, long now, Duration most) {
        return since.isPresent() && now - since.getAsLong() >= most.toNanos();
    }
}
