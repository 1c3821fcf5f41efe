package dev.lockstep.log;

import dev.lockstep.database.Transactions;
import java.time.InstantSource;
import java.util.Optional;

/** The epoch monitor of a node. */
public final class EpochMonitorFixture {
    private EpochMonitorFixture() {}

    /** One without a data folder. */
    public static EpochMonitor on(Transactions transactions, HighWaterMark known) {
        InstantSource clock = InstantSource.system();
        return new EpochMonitor(transactions, new Epochs(clock), known, new HighWaterMarkFile(Optional.empty(), clock));
    }
}
