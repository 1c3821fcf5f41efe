package dev.lockstep.execution;

import dev.lockstep.database.ContainerResources;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Runs work of the engine that may wait for the database or a client: reads of the log and sending of answers. It never
 * runs application code, so that no application can use up its threads. Thread-safe.
 */
@ApplicationScoped
public class EngineExecutor implements Executor {
    /**
     * Most threads. Further tasks wait; they are bounded by the clients that wait for an answer, and the rooms and sockets
     * that wait for a page.
     */
    static final int THREADS_MAX = 64;

    @Inject
    private ContainerResources resources;

    private ThreadPoolExecutor pool;

    @PostConstruct
    void create() {
        pool = Pools.of("lockstep-engine", THREADS_MAX, resources);
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

    /** Accepts no more tasks. Running ones are not interrupted: that would close H2's file. */
    public void stop() {
        pool.shutdown();
    }
}
