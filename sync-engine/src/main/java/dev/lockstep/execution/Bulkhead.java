package dev.lockstep.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Limits the concurrent tasks of each key, so that blocking tasks delay only those of the same key. Thread-safe.
 */
final class Bulkhead {
    private static final Logger LOG = System.getLogger(Bulkhead.class.getName());

    private final int atOnceMax;
    private final Executor executor;
    private final Map<Object, Lane> lanes = new HashMap<>();

    private static final class Lane {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    /**
     * A bulkhead.
     *
     * @param atOnceMax concurrent tasks of one key; further ones wait in their order
     * @param executor runs them
     */
    Bulkhead(int atOnceMax, Executor executor) {
        this.atOnceMax = atOnceMax;
        this.executor = executor;
    }

    /** Never blocks. */
    void execute(Object key, Runnable task) {
        synchronized (lanes) {
            Lane lane = lanes.computeIfAbsent(key, first -> new Lane());
            if (lane.running >= atOnceMax) {
                lane.waiting.add(task);
                return;
            }
            lane.running++;
        }
        start(key, task);
    }

    /** The number of waiting tasks of a key. */
    int waiting(Object key) {
        synchronized (lanes) {
            Lane lane = lanes.get(key);
            return lane == null ? 0 : lane.waiting.size();
        }
    }

    private void start(Object key, Runnable task) {
        try {
            executor.execute(() -> run(key, task));
        } catch (RuntimeException | Error e) {
            end(key);
            throw e;
        }
    }

    private void run(Object key, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Application code threw an exception; the next task continues", e);
        } finally {
            Runnable next = end(key);
            if (next != null) {
                start(key, next);
            }
        }
    }

    /** Ends a task; returns the next waiting one, if there is one. */
    private @Nullable Runnable end(Object key) {
        synchronized (lanes) {
            Lane lane = lanes.get(key);
            if (lane == null) {
                throw new IllegalStateException("no task of " + key + " is running");
            }
            Runnable next = lane.waiting.poll();
            if (next == null && --lane.running == 0) {
                lanes.remove(key);
            }
            return next;
        }
    }
}
