package dev.lockstep.wire.socket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one I/O thread that have something to write. However many they are, the thread is woken once, and
 * what they write leaves without another hand-over. Thread-safe.
 */
final class IoThreadWriteQueue {
    /**
     * Most turns that are taken at once. After them come the thread's other tasks, as answers that wait; it reads requests
     * when it has no tasks left (XNIO's {@code WorkerThread}).
     */
    static final int TURNS_MAX = 256;

    /** Who is due by no more before the others waits for them: a thread's timers are no finer. */
    private static final long TIMER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final Logger LOG = System.getLogger(IoThreadWriteQueue.class.getName());

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> soon = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicReference<@Nullable Timer> timer = new AtomicReference<>();
    private final Executor thread;
    private final Later later;
    private final LongSupplier nanos;

    /** The one that those wait for who are due soon. Another object is another timer, even if it is for the same time. */
    private static final class Timer {
        private final long dueNanos;

        Timer(long dueNanos) {
            this.dueNanos = dueNanos;
        }
    }

    /** Has the same thread run something, after so many nanoseconds. */
    @FunctionalInterface
    interface Later {
        void run(Runnable task, long nanos);
    }

    IoThreadWriteQueue(Executor thread, Later later, LongSupplier nanos) {
        this.thread = thread;
        this.later = later;
        this.nanos = nanos;
    }

    void add(Runnable turn) {
        waiting.add(turn);
        wake();
    }

    /** A turn after so many nanoseconds at most, together with others that wait: sockets that write alike do so together. */
    void addSoon(Runnable turn, long afterNanos) {
        soon.add(turn);
        Timer due = new Timer(nanos.getAsLong() + afterNanos);
        Timer armed = timer.get();
        while (armed == null || armed.dueNanos - due.dueNanos > TIMER_NANOS) {
            if (timer.compareAndSet(armed, due)) {
                later.run(() -> takeSoon(due), afterNanos);
                return;
            }
            armed = timer.get();
        }
    }

    private void takeSoon(Timer due) {
        if (!timer.compareAndSet(due, null)) {
            return; // an earlier one has taken its place
        }
        for (Runnable turn = soon.poll(); turn != null; turn = soon.poll()) {
            run(turn);
        }
    }

    private void wake() {
        if (!woken.getAndSet(true)) {
            thread.execute(this::take);
        }
    }

    private void take() {
        Runnable turn = waiting.poll();
        for (int taken = 1; turn != null; taken++) {
            run(turn);
            turn = taken < TURNS_MAX ? waiting.poll() : null;
        }
        woken.set(false);
        if (!waiting.isEmpty()) { // also by who came since, and found the thread awake
            wake();
        }
    }

    private static void run(Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException | Error e) { // else this thread's sessions would never be woken again
            LOG.log(Level.ERROR, "a session could not write; the others go on", e);
        }
    }
}
