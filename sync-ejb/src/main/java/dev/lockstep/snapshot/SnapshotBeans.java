package dev.lockstep.snapshot;

import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.metrics.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes snapshots injectable. */
@ApplicationScoped
class SnapshotBeans {
    @Produces
    @Singleton
    Snapshots snapshots(Transactions transactions, ActionLog log, ReaderThrottle way, Metrics metrics) {
        Snapshots snapshots = new Snapshots(transactions, log, way);
        metrics.reads(snapshots::reads, snapshots::spooledBytes);
        return snapshots;
    }
}
