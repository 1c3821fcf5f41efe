package dev.lockstep.identity;

import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.ServerResources;
import dev.lockstep.database.Transactions;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Produces the beans of this package, and starts the poller of revocations. */
@ApplicationScoped
class IdentityBeans {
    @Inject
    private Transactions transactions;

    @Inject
    private InstantSource clock;

    @Inject
    private ContainerResources lent;

    private Revocations revocations;
    private boolean started;

    @PostConstruct
    void create() {
        revocations =
                new Revocations(transactions, clock, task -> lent.executor().execute(task));
    }

    /** Runs after the engine, which creates the tables, so that earlier revocations are loaded before the first request. */
    synchronized void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 600) ServerResources resources) {
        if (!started) {
            started = true;
            revocations.refresh();
            start(resources, "lockstep-revocations", revocations::run);
        }
    }

    private static void start(ServerResources resources, String name, Runnable looking) {
        Thread thread = resources.threads().newThread(looking);
        thread.setName(name);
        thread.start();
    }

    @PreDestroy
    void stop() {
        revocations.stop();
    }

    @Produces
    @Singleton
    Revocations revocations() {
        return revocations;
    }

    @Produces
    @Singleton
    Tickets tickets() {
        return new Tickets(transactions, clock, new SecureRandom());
    }
}
