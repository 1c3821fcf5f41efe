package dev.lockstep.delivery;

import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.SameContext;
import dev.lockstep.database.ServerResources;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.room.ResponseBarrier;
import dev.lockstep.room.Room;
import dev.lockstep.room.RoomScopeExtension;
import dev.lockstep.room.Rooms;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * The real publisher with the real rooms, on the test's thread: tasks wait until the test runs them. Only the timed
 * poll of the head may happen at one step or at the next.
 */
public final class SteppedPublisherFixture implements AutoCloseable {
    /** Enough for a page, and for a delayed poll. */
    private static final int TURNS = 3;

    private final SeContainer container;
    private final List<Runnable> loops = new ArrayList<>();

    public SteppedPublisherFixture(TestDatabase database) {
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new RoomScopeExtension(), new PublisherFixture.Beans(database.transactions()))
                .addBeanClasses(
                        ResponseBarrier.class,
                        PublisherThread.class,
                        Rooms.class,
                        Room.class,
                        ContainerResources.class,
                        SteppedExecutor.class,
                        ApplicationExecutor.class,
                        Metrics.class,
                        BacklogReader.class)
                .initialize();
        Executor executor = container.select(SteppedExecutor.class).get();
        ThreadFactory threads = work -> {
            loops.add(work);
            return new Thread(() -> {});
        };
        container
                .select(ContainerResources.class)
                .get()
                .provide(new ServerResources(
                        database.dataSource(),
                        PublisherFixture.managed(ManagedExecutorService.class, executor),
                        PublisherFixture.managed(ManagedThreadFactory.class, threads),
                        SameContext.service(),
                        PublisherFixture.managed(TransactionSynchronizationRegistry.class, database)));
        publisher().start();
        try {
            publisher().stop(); // its loops end when no work is left
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public PublisherThread publisher() {
        return container.select(PublisherThread.class).get();
    }

    /** Runs the publisher and its poller in turn until neither has work: each may create work for the other. */
    public void publish() {
        for (int turn = 0; turn < TURNS; turn++) {
            loops.forEach(Runnable::run);
        }
    }

    /** Runs the publisher's work. */
    void deliver() {
        loops.getFirst().run();
    }

    /** Runs the poller's work, if it was notified. */
    void poll() {
        loops.getLast().run();
    }

    BacklogReader backlog() {
        return container.select(BacklogReader.class).get();
    }

    /** Reads the requested frame numbers and pages. */
    public void readPending() {
        container.select(SteppedExecutor.class).get().runAll();
    }

    /** Reads the first of them. */
    void readNextPending() {
        container.select(SteppedExecutor.class).get().runNext();
    }

    /** Keeps tasks until the test runs them. */
    @ApplicationScoped
    public static class SteppedExecutor extends EngineExecutor {
        private final Queue<Runnable> pending = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            pending.add(task);
        }

        void runNext() {
            Runnable next = pending.poll();
            if (next != null) {
                next.run();
            }
        }

        void runAll() {
            for (Runnable next = pending.poll(); next != null; next = pending.poll()) {
                next.run();
            }
        }
    }

    @Override
    public void close() {
        container.close();
    }
}
