package dev.lockstep.boot;

import dev.lockstep.api.Mutations;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.collection.EntityIds;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.catalog.ForeignKeyCheck;
import dev.lockstep.collection.catalog.MappingCheck;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.ContextualTransactions;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.Schema;
import dev.lockstep.database.ServerResources;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WriterHealth;
import dev.lockstep.delivery.ApplicationStages;
import dev.lockstep.delivery.CompletesOnPublisher;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.CollectionShapes;
import dev.lockstep.log.LogSettings;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.ApplicationMutations;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.mutation.idempotency.Housekeeping;
import dev.lockstep.trace.Trace;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Starts the engine with the deployment, and stops it: schema, publisher thread, writer thread. */
@ApplicationScoped
class Engine {
    private static final Logger LOG = System.getLogger(Engine.class.getName());

    /** Longest wait for the group that is being written. */
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(10);

    @Inject
    private ContainerResources lent;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private RowReader reader;

    @Inject
    private Transactions transactions;

    @Inject
    private ActionLog log;

    @Inject
    private LogSettings logSettings;

    @Inject
    private EntityIds ids;

    @Inject
    private InstantSource clock;

    @Inject
    private PublisherThread publisher;

    @Inject
    private EngineExecutor executor;

    @Inject
    private ApplicationExecutor application;

    @Inject
    private ApplicationStages stages;

    @Inject
    private Trace trace;

    @Inject
    private Metrics metrics;

    @Inject
    private ReaderThrottle way;

    @Inject
    private WriterHealth health;

    private BatchWriter writer;
    private Housekeeping housekeeping;
    private @Nullable Thread writing;

    @PostConstruct
    void create() {
        // The context is lent with the resources, before either thread starts.
        Transactions ofThreads =
                new ContextualTransactions(transactions, task -> lent.contexts().execute(task));
        writer = new BatchWriter(
                collections,
                reader,
                ofThreads,
                log,
                ids,
                clock,
                new SplittableRandom(),
                publisher,
                trace,
                metrics,
                way,
                health);
        housekeeping = new Housekeeping(ofThreads, clock, logSettings.retention());
    }

    /** For the engine itself. */
    @Produces
    @CompletesOnPublisher
    @ApplicationScoped
    Mutations mutations() {
        return writer;
    }

    /** For applications. */
    @Produces
    @ApplicationScoped
    Mutations applicationMutations() {
        return new ApplicationMutations(writer, stages);
    }

    /**
     * Starts with the first WAR.
     *
     * @throws RuntimeException if anything is wrong; the deployment fails then, with the sentence that says what
     */
    synchronized void start(@Observes ServerResources resources) throws SQLException {
        if (writing != null) {
            return;
        }
        lent.provide(resources);
        new Schema(resources.dataSource(), Engine.class.getClassLoader()).migrate(collections.applications());
        new MappingCheck(collections, transactions).check();
        try (Connection connection = resources.dataSource().getConnection()) {
            new ForeignKeyCheck(collections).check(connection);
            new StoredTables(collections).read(connection);
        }
        keepShapes();
        collections.applications().forEach(metrics::of);
        publisher.start();
        writing = started("lockstep-writer", writer::run);
        started("lockstep-housekeeping", housekeeping::run);
    }

    private void keepShapes() {
        List<CollectionShapes.Shape> shapes = collections.applications().stream()
                .flatMap(application -> collections.of(application).stream())
                .map(model -> new CollectionShapes.Shape(model.application(), model.name(), model.shape()))
                .toList();
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        transactions
                .run(scope -> new CollectionShapes(log).update(scope.connection(), shapes, now))
                .forEach((application, floor) -> LOG.log(
                        Level.INFO,
                        "application={0} a collection has another shape: clients with a cursor before seq={1} begin anew",
                        application,
                        String.valueOf(floor.value())));
    }

    private Thread started(String name, Runnable work) {
        Thread thread = lent.threads().newThread(work);
        thread.setName(name);
        thread.start();
        return thread;
    }

    /** The writer first, so that every answer is handed over before the publisher stops. */
    @PreDestroy
    synchronized void stop() {
        if (writing == null) {
            return;
        }
        housekeeping.stop();
        writer.stop();
        try {
            writing.join(STOP_WAIT_MAX.toMillis());
            publisher.stop();
            executor.stop();
            application.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server has no patience: what waits is refused all the same
        }
    }
}
