package dev.lockstep.execution;

import dev.lockstep.database.ContainerResources;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools of the server's managed threads. */
final class Pools {
    /** How long an idle thread is kept. */
    private static final long KEPT_SECONDS = 30;

    private Pools() {}

    /** A pool with a maximum number of threads. Tasks wait in the order of their submission. */
    static ThreadPoolExecutor of(String name, int threadsMax, ContainerResources resources) {
        AtomicInteger made = new AtomicInteger();
        ThreadFactory threads = work -> {
            Thread thread = resources.threads().newThread(work);
            thread.setName(name + "-" + made.incrementAndGet());
            return thread;
        };
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threadsMax, threadsMax, KEPT_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
