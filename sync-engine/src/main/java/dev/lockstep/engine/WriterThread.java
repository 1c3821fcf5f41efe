package dev.lockstep.engine;

import dev.lockstep.api.Mutations;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.ContextualTransactions;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WriterHealth;
import dev.lockstep.delivery.ApplicationStages;
import dev.lockstep.delivery.CompletesOnPublisher;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.handler.CopiedRows;
import dev.lockstep.handler.Handlers;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogSettings;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.ApplicationMutations;
import dev.lockstep.mutation.MutationValidator;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.mutation.handled.HandledMutations;
import dev.lockstep.mutation.handled.HandlerComponents;
import dev.lockstep.mutation.idempotency.Housekeeping;
import dev.lockstep.trace.Trace;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** This node's writer and its housekeeping, each on a thread of its own. Produces the writer's beans. Thread-safe. */
@ApplicationScoped
class WriterThread {
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
    private Handlers handlers;

    @Inject
    private ApplicationExecutor application;

    private BatchWriter writer;
    private HandlerComponents handling;
    private Housekeeping housekeeping;
    private @Nullable Thread thread;

    @PostConstruct
    void create() {
        // The engine provides the context service before either thread starts.
        Transactions contextual = new ContextualTransactions(
                transactions, task -> resources.contexts().execute(task));
        MutationValidator validator = new MutationValidator(collections, reader);
        writer = new BatchWriter(
                validator,
                new BatchWriter.Database(contextual, log, throttle, health),
                new BatchWriter.Generators(ids, clock, new SplittableRandom()),
                new BatchWriter.Monitoring(metrics, trace),
                publisher);
        handling = new HandlerComponents(
                writer,
                HandledMutations.Collections.of(collections, handlers, ids, validator),
                reader,
                new HandlerComponents.Environment(contextual, log, clock, application::of));
        housekeeping = new Housekeeping(contextual, clock, logSettings.retention());
    }

    /** The writer for the engine itself: stages complete on the publisher thread. */
    @Produces
    @CompletesOnPublisher
    @ApplicationScoped
    Mutations mutations() {
        return handlers.isEmpty() ? writer : handling.mutations();
    }

    /** The writer for applications: continuations of stages run on threads that may block. */
    @Produces
    @ApplicationScoped
    Mutations applicationMutations() {
        return new ApplicationMutations(mutations(), stages);
    }

    /** The copies of rows that handlers keep. */
    @Produces
    @ApplicationScoped
    CopiedRows copies() {
        return handling.copies();
    }

    synchronized void start() {
        thread = startThread("lockstep-writer", writer::run);
        startThread("lockstep-housekeeping", housekeeping::run);
        if (!handlers.isEmpty()) {
            startThread("lockstep-intent-recovery", handling.recovery()::run);
        }
    }

    private Thread startThread(String name, Runnable work) {
        Thread created = resources.threads().newThread(work);
        created.setName(name);
        created.start();
        return created;
    }

    /** Stops after the batch that is being written. Mutations that are queued then are refused as retryable. */
    synchronized void stop() throws InterruptedException {
        handling.recovery().stop();
        housekeeping.stop();
        writer.stop();
        if (thread != null) {
            thread.join(STOP_WAIT_MAX.toMillis());
        }
    }
}
