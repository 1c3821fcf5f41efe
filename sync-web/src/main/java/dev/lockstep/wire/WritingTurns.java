package dev.lockstep.wire;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sessions of one I/O thread that have something to write. However many they are, the thread is woken once, and
 * what they write leaves without another hand-over. Thread-safe.
 */
final class WritingTurns {
    /**
     * Most turns that are taken at once. After them come the thread's other tasks, as answers that wait; it reads requests
     * when it has no tasks left (XNIO's {@code WorkerThread}).
     */
    static final int TURNS_MAX = 256;

    private static final Logger LOG = System.getLogger(WritingTurns.class.getName());

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> soon = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean wakesSoon = new AtomicBoolean();
    private final Executor thread;
    private final Later later;

    /** Has the same thread run something, after so many nanoseconds. */
    @FunctionalInterface
    interface Later {
        void run(Runnable task, long nanos);
    }

    WritingTurns(Executor thread, Later later) {
        this.thread = thread;
        this.later = later;
    }

    void add(Runnable turn) {
        waiting.add(turn);
        wake();
    }

    /** A turn after so many nanoseconds, or together with others that wait already: sockets that write alike do so together. */
    void addSoon(Runnable turn, long nanos) {
        soon.add(turn);
        if (!wakesSoon.getAndSet(true)) {
            later.run(this::takeSoon, nanos);
        }
    }

    private void takeSoon() {
        wakesSoon.set(false);
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
