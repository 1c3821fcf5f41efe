package dev.lockstep.room;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Answers on their way out. An author who hears of a change before its answer shows it twice for a moment, so a group's
 * frames wait for its answers: for those that other threads write too, and only for a short time. One group at a time.
 */
@ApplicationScoped
public class ResponseBarrier {
    /**
     * Longest wait of a group's frames for its answers. After it they leave all the same: a client that does not read its
     * answers keeps nobody's frames back. Twice what writing took at the 99th percentile on a busy machine.
     */
    static final Duration WAIT_MAX = Duration.ofMillis(3);

    private final Duration waitMax;

    /** The group whose answers this thread hands over, or writes. Not static: a test has several nodes. */
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
        private final AtomicInteger leaving = new AtomicInteger();

        Batch(Thread publisher) {
            this.publisher = publisher;
        }

        void sent() {
            if (leaving.decrementAndGet() == 0) {
                LockSupport.unpark(publisher);
            }
        }
    }

    /** Hands a group's answers over: those that {@link #on} is given meanwhile are waited for by {@link #await}. */
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

    /** Waits until the answers of the last group have left; called by the thread that handed them over. */
    public void await() {
        Batch batch = last;
        long until = System.nanoTime() + waitMax.toNanos();
        while (batch != null && batch.leaving.get() > 0) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /**
     * This executor, for writing answers: what it is given while a group is handed over, its frames wait for; also for what
     * that hands on to such an executor.
     */
    public Executor on(Executor executor) {
        return task -> {
            Batch batch = current.get();
            if (batch == null) {
                executor.execute(task);
                return;
            }
            batch.leaving.incrementAndGet();
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
