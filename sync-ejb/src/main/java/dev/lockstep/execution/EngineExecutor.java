package dev.lockstep.execution;

import dev.lockstep.database.ContainerResources;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Runs the engine's own work that may wait for the database or for a client: reading the log, and sending dialects'
 * answers. Never application code, so that no application can use up its threads. Thread-safe.
 */
@ApplicationScoped
public class EngineExecutor implements Executor {
    /**
     * Threads at most. Tasks beyond them wait; there are no more of them than clients that wait for an answer, and rooms and
     * sockets that wait for a page.
     */
    static final int THREADS_MAX = 64;

    @Inject
    private ContainerResources lent;

    private ThreadPoolExecutor pool;

    @PostConstruct
    void create() {
        pool = Pools.of("lockstep-engine", THREADS_MAX, lent);
    }

    /**
     * Never blocks.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the server is stopping
     */
    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Takes nothing more. Not by an interrupt: that would close H2's file under others. */
    public void stop() {
        pool.shutdown();
    }
}
