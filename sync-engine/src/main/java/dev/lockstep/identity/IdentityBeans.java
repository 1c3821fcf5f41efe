package dev.lockstep.identity;

import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Produces the beans of this package that are not beans by themselves. */
@ApplicationScoped
class IdentityBeans {
    @Inject
    private Transactions transactions;

    @Inject
    private InstantSource clock;

    @Inject
    private ContainerResources resources;

    @Produces
    @Singleton
    Revocations revocations() {
        return new Revocations(transactions, clock, task -> resources.executor().execute(task));
    }

    @Produces
    @Singleton
    Tickets tickets() {
        return new Tickets(transactions, clock, new SecureRandom());
    }
}
