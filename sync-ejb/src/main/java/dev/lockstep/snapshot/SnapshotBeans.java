package dev.lockstep.snapshot;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.LentResources;
import dev.lockstep.database.ReadingTurns;
import dev.lockstep.database.RightOfWay;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes snapshots injectable. */
@ApplicationScoped
class SnapshotBeans {
    /** Snapshots of several rooms that are read at a time. More wait for their turn. */
    private static final int READERS_MAX = 2;

    /** Such snapshots that wait. One more is refused as {@code OVERLOADED}. */
    private static final int WAITING_MAX = 64;

    @Produces
    @Singleton
    Snapshots snapshots(Transactions transactions, ActionLog log, RightOfWay way) {
        return new Snapshots(transactions, log, way);
    }

    @Produces
    @Singleton
    ReadingTurns turns(LentResources lent) {
        return new ReadingTurns(
                READERS_MAX,
                WAITING_MAX,
                refused -> new SyncException(
                        ErrorCode.OVERLOADED,
                        "Too many are reading everything at the moment; ask again later",
                        refused),
                task -> lent.executor().execute(task));
    }
}
