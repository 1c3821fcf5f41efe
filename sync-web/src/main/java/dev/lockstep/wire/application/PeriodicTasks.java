package dev.lockstep.wire.application;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Scheduler of this WAR's short periodic tasks, on its own managed threads. The server's scheduler does not fit: from the
 * moment the server stops or is suspended, before any bean is notified, it rejects each run with an error in the log, and
 * never runs the task again. Thread-safe.
 */
@ApplicationScoped
public class PeriodicTasks {
    /** A task may block for a few seconds, for example for a response with keys. The other thread runs the rest. */
    private static final int THREADS = 2;

    private static final Logger LOG = System.getLogger(PeriodicTasks.class.getName());

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    private ScheduledThreadPoolExecutor executor;

    @PostConstruct
    void start() {
        executor = executor(threads);
    }

    static ScheduledThreadPoolExecutor executor(ThreadFactory threads) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(THREADS, threads);
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Tasks that are submitted while the WAR is undeployed do not run.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return executor;
    }

    /** Stops all tasks. A running task is not interrupted. */
    @PreDestroy
    void stop() {
        executor.shutdown();
    }

    /**
     * Runs a task repeatedly, with a pause after each run, until the future is cancelled or the WAR is undeployed. A failed
     * run is logged; the next one follows as usual.
     */
    public Future<?> every(Duration pause, Runnable task) {
        return every(executor, pause, task);
    }

    static Future<?> every(ScheduledThreadPoolExecutor executor, Duration pause, Runnable task) {
        return executor.scheduleWithFixedDelay(() -> run(task), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) { // an executor stops a task that throws
            LOG.log(Level.ERROR, "Periodic task failed; it runs again after its pause", e);
        }
    }

    /** An executor that delays each task by a pause, then runs it on another executor. */
    @SuppressWarnings("FutureReturnValueIgnored") // an Executor returns nothing
    public Executor after(Duration pause, Executor by) {
        return task -> executor.schedule(() -> by.execute(task), pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
