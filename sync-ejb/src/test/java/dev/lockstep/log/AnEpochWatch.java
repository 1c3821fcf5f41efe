package dev.lockstep.log;

import dev.lockstep.database.Transactions;
import java.time.InstantSource;
import java.util.Optional;

/** The epoch watch of a node. */
public final class AnEpochWatch {
    private AnEpochWatch() {}

    /** One without a data folder. */
    public static EpochWatch on(Transactions transactions, KnownHead known) {
        InstantSource clock = InstantSource.system();
        return new EpochWatch(transactions, new Epochs(clock), known, new SeenHead(Optional.empty(), clock));
    }
}
