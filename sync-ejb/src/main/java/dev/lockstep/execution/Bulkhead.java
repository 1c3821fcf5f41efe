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
 * Runs tasks under keys, a few of each key at a time, so that tasks that block keep only those of their own key waiting.
 * Thread-safe.
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
     * @param atOnceMax how many tasks of one key run at a time; more wait in their order
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

    /** How many tasks of a key wait. */
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
            LOG.log(Level.ERROR, "application code threw; the next task goes on", e);
        } finally {
            Runnable next = end(key);
            if (next != null) {
                start(key, next);
            }
        }
    }

    /** Ends a task; the one that runs in its place, if one waits. */
    private @Nullable Runnable end(Object key) {
        synchronized (lanes) {
            Lane lane = lanes.get(key);
            if (lane == null) {
                throw new IllegalStateException("nothing of " + key + " runs");
            }
            Runnable next = lane.waiting.poll();
            if (next == null && --lane.running == 0) {
                lanes.remove(key);
            }
            return next;
        }
    }
}
