package dev.lockstep.snapshot;

import dev.lockstep.database.LentResources;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes snapshots injectable. */
@ApplicationScoped
class SnapshotBeans {
    @Produces
    @Singleton
    Snapshots snapshots(Transactions transactions, ActionLog log) {
        return new Snapshots(transactions, log);
    }

    @Produces
    @Singleton
    ReadingTurns turns(LentResources lent) {
        return new ReadingTurns(task -> lent.executor().execute(task));
    }
}
