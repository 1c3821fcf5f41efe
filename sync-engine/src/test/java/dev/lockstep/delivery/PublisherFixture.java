package dev.lockstep.delivery;

import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.SameContext;
import dev.lockstep.database.ServerResources;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.EpochMonitor;
import dev.lockstep.log.EpochMonitorFixture;
import dev.lockstep.log.Floors;
import dev.lockstep.log.HighWaterMark;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.room.ResponseBarrier;
import dev.lockstep.room.Room;
import dev.lockstep.room.RoomScopeExtension;
import dev.lockstep.room.Rooms;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The real publisher thread with the real rooms, on a database, in a CDI container of its own. */
public final class PublisherFixture implements AutoCloseable {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final SeContainer container;

    /** @param more beans besides those of this package */
    public PublisherFixture(TestDatabase database, Class<?>... more) {
        this(database, database.transactions(), more);
    }

    /** The same, with these transactions of the database. */
    PublisherFixture(TestDatabase database, Transactions transactions, Class<?>... more) {
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new RoomScopeExtension(), new Beans(transactions))
                .addBeanClasses(
                        EngineExecutor.class,
                        ApplicationExecutor.class,
                        ResponseBarrier.class,
                        PublisherThread.class,
                        Rooms.class,
                        Room.class,
                        ContainerResources.class,
                        Metrics.class,
                        BacklogReader.class)
                .addBeanClasses(more)
                .initialize();
        ThreadFactory threads = Thread::new;
        container
                .select(ContainerResources.class)
                .get()
                .provide(new ServerResources(
                        database.dataSource(),
                        managed(ManagedExecutorService.class, executor),
                        managed(ManagedThreadFactory.class, threads),
                        SameContext.service(),
                        managed(TransactionSynchronizationRegistry.class, database)));
        publisher().start();
    }

    /** A server's interface over the JDK's implementation; only methods that both have can be called. */
    static <T> T managed(Class<T> type, Object plain) {
        return type.cast(Proxy.newProxyInstance(
                PublisherFixture.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.invoke(plain, arguments)));
    }

    public <T> T select(Class<T> type) {
        return container.select(type).get();
    }

    Metrics metrics() {
        return container.select(Metrics.class).get();
    }

    BacklogReader backlog() {
        return container.select(BacklogReader.class).get();
    }

    PublisherThread publisher() {
        return container.select(PublisherThread.class).get();
    }

    @Override
    public void close() {
        try {
            publisher().stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            container.close();
            executor.shutdownNow();
        }
    }

    /** The beans that a server's deployment would bring. */
    public static final class Beans implements Extension {
        private final Transactions transactions;

        Beans(Transactions transactions) {
            this.transactions = transactions;
        }

        /** Called by CDI. */
        public void add(@Observes AfterBeanDiscovery discovery) {
            discovery
                    .<Transactions>addBean()
                    .addType(Transactions.class)
                    .scope(Singleton.class)
                    .createWith(context -> transactions);
            discovery
                    .<CollectionRegistry>addBean()
                    .addType(CollectionRegistry.class)
                    .scope(Singleton.class)
                    .createWith(context -> TestDatabase.collections());
            discovery
                    .<ActionLog>addBean()
                    .addType(ActionLog.class)
                    .scope(Singleton.class)
                    .createWith(context -> new ActionLog());
            HighWaterMark known = new HighWaterMark();
            discovery
                    .<HighWaterMark>addBean()
                    .addType(HighWaterMark.class)
                    .scope(Singleton.class)
                    .createWith(context -> known);
            discovery
                    .<EpochMonitor>addBean()
                    .addType(EpochMonitor.class)
                    .scope(Singleton.class)
                    .createWith(context -> EpochMonitorFixture.on(transactions, known));
            discovery
                    .<Floors>addBean()
                    .addType(Floors.class)
                    .scope(Singleton.class)
                    .createWith(context -> new Floors());
        }
    }
}
