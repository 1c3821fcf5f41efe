package dev.lockstep.snapshot;

import dev.lockstep.database.RightOfWay;
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
    Snapshots snapshots(Transactions transactions, ActionLog log, RightOfWay way) {
        return new Snapshots(transactions, log, way);
    }
}
