package dev.lockstep.wire.socket.writer;

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
 * Queue of the writes that wait for one I/O thread. The thread is woken once for all of them, and runs them without another
 * hand-over. Thread-safe.
 */
final class IoThreadWriteQueue {
    /**
     * Most writes that run at once. The thread's other tasks follow, responses among them. It reads requests when it has no
     * tasks left (XNIO's {@code WorkerThread}).
     */
    static final int WRITES_MAX = 256;

    /** A write that is due earlier by no more than this waits for the others: the timers of a thread are no finer. */
    private static final long TIMER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * Writes of a thread within one window from which on it is busy. Measured: a write costs about 20 microseconds, so that
     * uncoalesced writes take about an eighth of the thread.
     */
    static final int BUSY_WRITES = 100;

    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(16);

    private static final Logger LOG = System.getLogger(IoThreadWriteQueue.class.getName());

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> delayed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicReference<@Nullable Timer> timer = new AtomicReference<>();
    private final Executor thread;
    private final Later later;
    private final LongSupplier nanos;
    private volatile Window window;

    /** Writes since a time, and in the window before. Counted by the I/O thread alone. */
    private record Window(long startNanos, int before, int writes) {
        /** This window after one more write at a time, or the next window. */
        Window withWrite(long now) {
            long age = now - startNanos;
            return age < WINDOW_NANOS
                    ? new Window(startNanos, before, writes + 1)
                    : new Window(now, age < 2 * WINDOW_NANOS ? writes : 0, 1);
        }

        boolean isBusy(long now) {
            long age = now - startNanos;
            return age < 2 * WINDOW_NANOS && (writes >= BUSY_WRITES || (age < WINDOW_NANOS && before >= BUSY_WRITES));
        }
    }

    /** The timer of delayed writes. Another object is another timer, even for the same time. */
    private static final class Timer {
        private final long dueNanos;

        Timer(long dueNanos) {
            this.dueNanos = dueNanos;
        }
    }

    /** Runs a task on the same thread after a delay in nanoseconds. */
    @FunctionalInterface
    interface Later {
        void run(Runnable task, long nanos);
    }

    IoThreadWriteQueue(Executor thread, Later later, LongSupplier nanos) {
        this.thread = thread;
        this.later = later;
        this.nanos = nanos;
        window = new Window(nanos.getAsLong(), 0, 0);
    }

    /** Counts a write to a socket. Called by the I/O thread. */
    void recordWrite() {
        window = window.withWrite(nanos.getAsLong());
    }

    /** Whether the thread has written so often within the last 16 to 32 ms that its writes are better coalesced. */
    boolean isBusy() {
        return window.isBusy(nanos.getAsLong());
    }

    /** Adds a write that runs as soon as the thread can. */
    void add(Runnable write) {
        waiting.add(write);
        wake();
    }

    /** Adds a write that runs after a delay of at most so many nanoseconds, together with others that wait. */
    void addDelayed(Runnable write, long afterNanos) {
        delayed.add(write);
        Timer due = new Timer(nanos.getAsLong() + afterNanos);
        Timer armed = timer.get();
        while (armed == null || armed.dueNanos - due.dueNanos > TIMER_NANOS) {
            if (timer.compareAndSet(armed, due)) {
                later.run(() -> runDelayed(due), afterNanos);
                return;
            }
            armed = timer.get();
        }
    }

    private void runDelayed(Timer due) {
        if (!timer.compareAndSet(due, null)) {
            return; // an earlier timer has replaced it
        }
        for (Runnable write = delayed.poll(); write != null; write = delayed.poll()) {
            run(write);
        }
    }

    private void wake() {
        if (!woken.getAndSet(true)) {
            thread.execute(this::runAll);
        }
    }

    private void runAll() {
        Runnable write = waiting.poll();
        for (int ran = 1; write != null; ran++) {
            run(write);
            write = ran < WRITES_MAX ? waiting.poll() : null;
        }
        woken.set(false);
        if (!waiting.isEmpty()) { // added since, while the thread was awake
            wake();
        }
    }

    private static void run(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException | Error e) { // otherwise this thread's sessions would never be woken again
            LOG.log(Level.ERROR, "Write of a session failed; other sessions are not affected", e);
        }
    }
}
