package dev.lockstep.delivery;

import dev.lockstep.database.Transactions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Transactions that wait for a connection until the test refills the pool. */
public final class ExhaustedPool implements Transactions {
    private static final int WAIT_SECONDS_MAX = 30;

    private final Transactions transactions;
    private final CountDownLatch reader = new CountDownLatch(1);
    private volatile CountDownLatch connections = new CountDownLatch(0);

    public ExhaustedPool(Transactions transactions) {
        this.transactions = transactions;
    }

    /** From now on requests for a connection block. */
    public void exhaust() {
        connections = new CountDownLatch(1);
    }

    /** Waiting requests get a connection. */
    public void refill() {
        connections.countDown();
    }

    /** Waits until a request waits for a connection. */
    public void awaitReader() throws InterruptedException {
        if (!reader.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new AssertionError("no request waits for a connection");
        }
    }

    @Override
    public <T> T run(Work<T> work) {
        CountDownLatch before = connections;
        if (before.getCount() > 0) {
            reader.countDown();
            await(before);
        }
        return transactions.run(work);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
