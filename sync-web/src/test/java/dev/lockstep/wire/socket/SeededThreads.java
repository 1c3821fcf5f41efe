package dev.lockstep.wire.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * Threads that alternate on the test's own thread, in an order that follows from a seed. A thread runs its tasks in
 * their order; at {@link #preempt} others may run in the middle of a task.
 */
public final class SeededThreads {
    /** More than any test needs. A test that exceeds it waits for an event that does not come. */
    private static final int TASKS_MAX = 1_000_000;

    private static final int PREEMPTED_BY_MAX = 4;

    private final List<SeededThread> threads = new ArrayList<>();
    private final Random random;
    private int tasks;

    public SeededThreads(Random random) {
        this.random = random;
    }

    private static final class SeededThread implements Executor {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean running;

        @Override
        public void execute(Runnable task) {
            waiting.add(task);
        }

        boolean isReady() {
            return !running && !waiting.isEmpty();
        }

        void runNext() {
            running = true;
            try {
                waiting.remove().run();
            } finally {
                running = false;
            }
        }
    }

    /** One more thread. */
    public Executor thread() {
        SeededThread created = new SeededThread();
        threads.add(created);
        return created;
    }

    /** Other threads run some of their tasks, possibly none. */
    public void preempt() {
        int left = random.nextInt(PREEMPTED_BY_MAX);
        while (left > 0 && runOne()) {
            left--;
        }
    }

    /** Runs until no thread has a task left. */
    public void runAll() {
        boolean hasRun = true;
        while (hasRun) {
            hasRun = runOne();
        }
    }

    private boolean runOne() {
        List<SeededThread> ready =
                threads.stream().filter(SeededThread::isReady).toList();
        if (ready.isEmpty()) {
            return false;
        }
        if (++tasks > TASKS_MAX) {
            throw new AssertionError("no end after " + TASKS_MAX + " tasks");
        }
        ready.get(random.nextInt(ready.size())).runNext();
        return true;
    }
}
