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
 * Short tasks of this WAR that run again and again, on managed threads of its own. Not by the server's scheduler: that
 * refuses each run with an error in the log from the moment the server begins to stop or is suspended, before a bean hears
 * of it, and never runs the task again after it. Thread-safe.
 */
@ApplicationScoped
public class PeriodicTasks {
    /** A task may wait for a few seconds, as for an answer with keys; the others go on meanwhile. */
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
        // Tasks that come while the WAR is undeployed are not run.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return executor;
    }

    /** Ends all tasks; one that runs is not interrupted. */
    @PreDestroy
    void stop() {
        executor.shutdown();
    }

    /**
     * Runs a task again and again, with so much time in between, until the future is cancelled or the WAR is undeployed. A
     * task that throws is logged, and runs again.
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
        } catch (RuntimeException | Error e) { // an executor ends what throws
            LOG.log(Level.ERROR, "a periodic task failed; it runs again", e);
        }
    }

    /** Runs what it is given once, after so much time, by another executor. */
    @SuppressWarnings("FutureReturnValueIgnored") // an Executor returns nothing
    public Executor after(Duration pause, Executor by) {
        return task -> executor.schedule(() -> by.execute(task), pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
