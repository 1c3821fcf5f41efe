package dev.lockstep.system.server;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * A scenario on a thread of its own. Scenarios that wait most of their time, each on its own servers, run at the same time:
 * all are started before the tests, and each test finishes its own.
 */
public final class Scenario {
    private final FutureTask<Boolean> task;

    private Scenario(FutureTask<Boolean> task) {
        this.task = task;
    }

    /** The steps of a scenario. */
    @FunctionalInterface
    public interface Steps {
        void run() throws Exception;
    }

    /** Starts a scenario. */
    public static Scenario start(Steps steps) {
        Callable<Boolean> untilEnd = () -> {
            steps.run();
            return true;
        };
        FutureTask<Boolean> task = new FutureTask<>(untilEnd);
        new Thread(task, "scenario").start();
        return new Scenario(task);
    }

    /**
     * Waits for the end.
     *
     * @throws AssertionError if the scenario has failed, with its failure as the cause
     */
    public void finish() throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
        }
    }

    /** Waits for the end, whether the scenario fails or not. */
    public void await() {
        while (task.state() == Future.State.RUNNING) {
            try {
                task.get();
            } catch (InterruptedException | ExecutionException ended) {
                // its test tells
            }
        }
    }
}
