package dev.lockstep.execution;

import dev.lockstep.database.ContainerResources;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Runs application code that the engine calls after a commit: continuations of public stages, read filters, hooks. It may
 * block there: only what belongs to the same room waits for it. Thread-safe.
 */
@ApplicationScoped
public class ApplicationExecutor {
    /** Threads at most. If all are blocked, application code of all rooms waits; answers and frames that need none go on. */
    static final int THREADS_MAX = 64;

    /** Tasks of one room at a time. More wait in their order. */
    static final int AT_ONCE_MAX = 4;

    /** The engine's threads that never call an application. */
    private static final String PUBLISHER = "lockstep-publisher";

    private static final String WRITER = "lockstep-writer";

    @Inject
    private ContainerResources lent;

    private ThreadPoolExecutor pool;
    private Bulkhead bulkhead;

    @PostConstruct
    void create() {
        pool = Pools.of("lockstep-application", THREADS_MAX, lent);
        bulkhead = new Bulkhead(AT_ONCE_MAX, pool);
    }

    /**
     * Where application code of a room runs; the executor never blocks its caller.
     *
     * @param key the room, or the list of rooms of one socket
     */
    public Executor of(Object key) {
        return task -> bulkhead.execute(key, task);
    }

    /** How many tasks of a key wait for their turn. */
    public int waiting(Object key) {
        return bulkhead.waiting(key);
    }

    /** Whether application code may be called on this thread. Asserted wherever the engine calls some. */
    public static boolean isApplicationThread(Thread thread) {
        String name = thread.getName();
        return !name.equals(PUBLISHER) && !name.equals(WRITER);
    }

    /** Takes nothing more. Not by an interrupt: that would close H2's file under others. */
    public void stop() {
        pool.shutdown();
    }
}
