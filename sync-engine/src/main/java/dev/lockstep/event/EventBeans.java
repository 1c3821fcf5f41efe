package dev.lockstep.event;

import dev.lockstep.database.Transactions;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.log.ActionLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Produces the beans of event stores. */
@ApplicationScoped
class EventBeans {
    @Inject
    private Transactions transactions;

    @Inject
    private InstantSource clock;

    @Inject
    private EngineExecutor executor;

    @Inject
    private ActionLog log;

    @Produces
    @Singleton
    EventStores stores() {
        return new EventStores(transactions, clock, executor);
    }

    @Produces
    @Singleton
    StoreMaintenance maintenance() {
        return new StoreMaintenance(transactions, log, clock);
    }
}
