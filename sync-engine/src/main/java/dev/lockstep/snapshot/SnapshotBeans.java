package dev.lockstep.snapshot;

import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.metrics.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the snapshots bean. */
@ApplicationScoped
class SnapshotBeans {
    @Produces
    @Singleton
    Snapshots snapshots(Transactions transactions, ActionLog log, ReaderThrottle throttle, Metrics metrics) {
        Snapshots snapshots = new Snapshots(transactions, log, throttle);
        metrics.reads(snapshots::reads, snapshots::spooledBytes);
        return snapshots;
    }
}
