package dev.lockstep.room;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Delays the frames of a batch until its answers are written, also those that other threads write, for a bounded time. A
 * client that receives a frame before the answer to its mutation shows the change twice for a moment. One batch at a time.
 */
@ApplicationScoped
public class ResponseBarrier {
    /**
     * Longest wait of a batch's frames for its answers. After it they are sent anyway, so that a client that does not read
     * its answers delays no frames. Twice the 99th percentile of writing on a busy machine.
     */
    static final Duration WAIT_MAX = Duration.ofMillis(3);

    private final Duration waitMax;

    /** The batch whose answers this thread sends. Not static: a test has several nodes. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Batch> current = new ThreadLocal<>();

    private @Nullable Batch last;

    public ResponseBarrier() {
        this(WAIT_MAX);
    }

    ResponseBarrier(Duration waitMax) {
        this.waitMax = waitMax;
    }

    private static final class Batch {
        private final Thread publisher;
        private final AtomicInteger pending = new AtomicInteger();

        Batch(Thread publisher) {
            this.publisher = publisher;
        }

        void sent() {
            if (pending.decrementAndGet() == 0) {
                LockSupport.unpark(publisher);
            }
        }
    }

    /** Sends the answers of a batch. {@link #await} waits for the tasks that {@link #on} receives meanwhile. */
    public void sendAnswers(Runnable answers) {
        Batch batch = new Batch(Thread.currentThread());
        last = batch;
        current.set(batch);
        try {
            answers.run();
        } finally {
            current.remove();
        }
    }

    /** Waits until the answers of the last batch are written. Called by the thread of {@link #sendAnswers}. */
    public void await() {
        Batch batch = last;
        long until = System.nanoTime() + waitMax.toNanos();
        while (batch != null && batch.pending.get() > 0) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /**
     * Wraps an executor that writes answers: the frames of a batch wait for tasks submitted while its answers are sent, and
     * for tasks that those submit to such an executor.
     */
    public Executor on(Executor executor) {
        return task -> {
            Batch batch = current.get();
            if (batch == null) {
                executor.execute(task);
                return;
            }
            batch.pending.incrementAndGet();
            try {
                executor.execute(() -> {
                    Batch outer = current.get(); // where the executor runs it on this thread
                    current.set(batch);
                    try {
                        task.run();
                    } finally {
                        current.set(outer);
                        batch.sent();
                    }
                });
            } catch (RuntimeException | Error e) {
                batch.sent();
                throw e;
            }
        };
    }
}
