package dev.lockstep.execution;

import dev.lockstep.database.ContainerResources;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Runs application code that the engine calls after a commit: continuations of public stages, read filters, hooks. It may
 * block, and then delays only work of the same room. Thread-safe.
 */
@ApplicationScoped
public class ApplicationExecutor {
    /** Most threads. If all are blocked, application code of all rooms waits; answers and frames without it continue. */
    static final int THREADS_MAX = 64;

    /** Concurrent tasks of one room. Further ones wait in their order. */
    static final int AT_ONCE_MAX = 4;

    /** The threads of the engine that never call application code. */
    private static final String PUBLISHER = "lockstep-publisher";

    private static final String WRITER = "lockstep-writer";

    @Inject
    private ContainerResources resources;

    private ThreadPoolExecutor pool;
    private Bulkhead bulkhead;

    @PostConstruct
    void create() {
        pool = Pools.of("lockstep-application", THREADS_MAX, resources);
        bulkhead = new Bulkhead(AT_ONCE_MAX, pool);
    }

    /**
     * The executor for application code of a room; it never blocks its caller.
     *
     * @param key the room, or the list of rooms of one socket
     */
    public Executor of(Object key) {
        return task -> bulkhead.execute(key, task);
    }

    /** The number of waiting tasks of a key. */
    public int waiting(Object key) {
        return bulkhead.waiting(key);
    }

    /** Whether application code may be called on this thread. Asserted wherever the engine calls it. */
    public static boolean isApplicationThread(Thread thread) {
        String name = thread.getName();
        return !name.equals(PUBLISHER) && !name.equals(WRITER);
    }

    /** Accepts no more tasks. Running ones are not interrupted: that would close H2's file. */
    public void stop() {
        pool.shutdown();
    }
}
