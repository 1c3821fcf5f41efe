package dev.lockstep.engine;

import dev.lockstep.access.Groups;
import dev.lockstep.access.Hooks;
import dev.lockstep.access.policy.ApplicationRules;
import dev.lockstep.access.policy.Policies;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.ServerResources;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.event.consumer.EventConsumers;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.handler.Handlers;
import dev.lockstep.identity.Revocations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Starts and stops the engine of this node, in a fixed order. Thread-safe. */
@ApplicationScoped
public class Engine {
    @Inject
    private ContainerResources resources;

    @Inject
    private DatabasePreparation database;

    @Inject
    private Policies policies;

    @Inject
    private ApplicationRules rules;

    @Inject
    private Hooks hooks;

    @Inject
    private Handlers handlers;

    @Inject
    private Groups groups;

    @Inject
    private Revocations revocations;

    @Inject
    private PublisherThread publisher;

    @Inject
    private WriterThread writer;

    @Inject
    private EventConsumers consumers;

    @Inject
    private EngineExecutor executor;

    @Inject
    private ApplicationExecutor application;

    private volatile boolean started;

    /**
     * Starts the engine: database, application beans, then threads. Called once, outside a transaction.
     *
     * @throws RuntimeException if a step fails; the engine has stopped again, and the message states the problem
     */
    public synchronized void start(ServerResources provided) {
        try {
            resources.provide(provided);
            database.prepare();
            policies.prepare();
            rules.prepare();
            hooks.prepare();
            handlers.prepare();
            groups.prepare();
            revocations.start(provided.threads());
            publisher.start();
            writer.start();
            consumers.start();
            started = true;
        } catch (RuntimeException | Error e) {
            stopAfter(e);
            throw e;
        }
    }

    /** Stops what has started. The cause of the failed start is what the caller receives. */
    private void stopAfter(Throwable failure) {
        try {
            stop();
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Stops the engine after the batch that is being written; may take some seconds. Consumers stop before the writer, which
     * they use, and the writer before the publisher, which receives every result.
     */
    public synchronized void stop() {
        started = false;
        revocations.stop();
        try {
            consumers.stop();
            writer.stop();
            publisher.stop();
            executor.stop();
            application.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the container ends the wait; what is queued is refused
        }
    }

    /**
     * Requires a started engine.
     *
     * @throws IllegalStateException if the engine has not started, or has stopped
     */
    public void requireStarted() {
        if (!started) {
            throw new IllegalStateException(
                    "the engine of Lockstep has not started before this WAR: name the EJB module"
                            + " sync-ejb.jar as the first module in the EAR's application.xml, and set initialize-in-order to"
                            + " true");
        }
    }
}
