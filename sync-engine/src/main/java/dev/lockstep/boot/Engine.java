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
import dev.lockstep.event.consumer.EventConsumers;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.CollectionShapes;
import dev.lockstep.log.LogSettings;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.ApplicationMutations;
import dev.lockstep.mutation.MutationValidator;
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

/** Starts the engine with the deployment, and stops it: schema, publisher thread, writer thread, housekeeping thread. */
@ApplicationScoped
class Engine {
    private static final Logger LOG = System.getLogger(Engine.class.getName());

    /** Longest wait at a stop for the batch that is being written. */
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(10);

    @Inject
    private ContainerResources resources;

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
    private ReaderThrottle throttle;

    @Inject
    private WriterHealth health;

    @Inject
    private EventConsumers consumers;

    private BatchWriter writer;
    private Housekeeping housekeeping;
    private @Nullable Thread writerThread;

    @PostConstruct
    void create() {
        // The context service is provided with the resources, before either thread starts.
        Transactions contextual = new ContextualTransactions(
                transactions, task -> resources.contexts().execute(task));
        writer = new BatchWriter(
                new MutationValidator(collections, reader),
                new BatchWriter.Database(contextual, log, throttle, health),
                new BatchWriter.Generators(ids, clock, new SplittableRandom()),
                new BatchWriter.Monitoring(metrics, trace),
                publisher);
        housekeeping = new Housekeeping(contextual, clock, logSettings.retention());
    }

    /** The writer for the engine itself: stages complete on the publisher thread. */
    @Produces
    @CompletesOnPublisher
    @ApplicationScoped
    Mutations mutations() {
        return writer;
    }

    /** The writer for applications: continuations of stages run on threads that may block. */
    @Produces
    @ApplicationScoped
    Mutations applicationMutations() {
        return new ApplicationMutations(writer, stages);
    }

    /**
     * Starts the engine with the first WAR.
     *
     * @throws RuntimeException if a check fails; it fails the deployment, and its message states the problem
     */
    synchronized void start(@Observes ServerResources provided) throws SQLException {
        if (writerThread != null) {
            return;
        }
        resources.provide(provided);
        new Schema(provided.dataSource(), Engine.class.getClassLoader()).migrate(collections.applications());
        new MappingCheck(collections, transactions).check();
        try (Connection connection = provided.dataSource().getConnection()) {
            new ForeignKeyCheck(collections).check(connection);
            new StoredTables(collections).read(connection);
        }
        updateShapes();
        collections.applications().forEach(metrics::of);
        publisher.start();
        writerThread = startThread("lockstep-writer", writer::run);
        startThread("lockstep-housekeeping", housekeeping::run);
        consumers.start();
    }

    private void updateShapes() {
        List<CollectionShapes.Shape> shapes = collections.applications().stream()
                .flatMap(application -> collections.of(application).stream())
                .map(model -> new CollectionShapes.Shape(model.application(), model.name(), model.shape()))
                .toList();
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        transactions
                .run(scope -> new CollectionShapes(log).update(scope.connection(), shapes, now))
                .forEach((application, floor) -> LOG.log(
                        Level.INFO,
                        "application={0}: the fields of a collection have changed; clients with a cursor before seq={1}"
                                + " read everything again",
                        application,
                        String.valueOf(floor.value())));
    }

    private Thread startThread(String name, Runnable work) {
        Thread thread = resources.threads().newThread(work);
        thread.setName(name);
        thread.start();
        return thread;
    }

    /** Stops the writer first, so that the publisher receives every result before it stops. */
    @PreDestroy
    synchronized void stop() {
        if (writerThread == null) {
            return;
        }
        housekeeping.stop();
        try {
            consumers.stop();
            writer.stop();
            writerThread.join(STOP_WAIT_MAX.toMillis());
            publisher.stop();
            executor.stop();
            application.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the container ends the wait; what is queued is refused
        }
    }
}
