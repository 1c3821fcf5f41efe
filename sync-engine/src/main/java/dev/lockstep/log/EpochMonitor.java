package dev.lockstep.log;

import dev.lockstep.api.Seq;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.HighWaterMarkFile.Content;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Checks the end of the log, and begins a new epoch if the database was restored from a backup. Checks block on the database
 * and are made by one thread at a time.
 */
public final class EpochMonitor {
    /** Most attempts if other transactions lock the head; each waits a second. */
    private static final int TRIES_MAX = 5;

    private static final Logger LOG = System.getLogger(EpochMonitor.class.getName());

    private final Transactions transactions;
    private final Epochs epochs;
    private final HighWaterMark known;
    private final HighWaterMarkFile highWaterMarkFile;

    EpochMonitor(Transactions transactions, Epochs epochs, HighWaterMark known, HighWaterMarkFile highWaterMarkFile) {
        this.transactions = transactions;
        this.epochs = epochs;
        this.known = known;
        this.highWaterMarkFile = highWaterMarkFile;
    }

    /**
     * The first check, before anything is written or delivered: whether the database is the same as before.
     *
     * @throws TransactionFailed if the database does not answer
     */
    public LogEnd start() {
        LogEnd end = end();
        Content seen = highWaterMarkFile.read();
        Epochs.Written written = written();
        Optional<String> reason = reason(end, seen.head())
                .or(() -> seen.isCopied() ? Optional.of("the data folder of this node was copied") : Optional.empty())
                .or(() -> written == Epochs.Written.ELSEWHERE
                        ? Optional.of("it is a copy of another one")
                        : Optional.empty());
        if (reason.isPresent()) {
            return kept(renewed(end, seen.head(), reason.get()));
        }
        if (written == Epochs.Written.UNKNOWN) {
            locked(scope -> epochs.sign(scope.connection()));
        }
        return kept(end);
    }

    /** Everything up to this position is committed. */
    public void onCommitted(Seq position) {
        known.advanceTo(position);
    }

    /** The highest position that this node knows to be committed. */
    public Seq highWaterMark() {
        return known.position();
    }

    /**
     * A further check.
     *
     * @param found the end of the log
     * @param knownBefore the high-water mark before that end was read
     * @return the current end of the log: of another epoch, if the database was restored
     * @throws TransactionFailed if the database does not answer
     */
    public LogEnd checked(LogEnd found, Seq knownBefore) {
        return kept(reason(found, knownBefore)
                .map(reason -> renewed(found, knownBefore, reason))
                .orElse(found));
    }

    LogEnd check() {
        Seq before = highWaterMark();
        return checked(end(), before);
    }

    private LogEnd kept(LogEnd end) {
        highWaterMarkFile.write(end.head());
        known.advanceTo(end.head());
        return end;
    }

    private static Optional<String> reason(LogEnd end, Seq seen) {
        if (end.isMarked()) {
            return Optional.of("lockstep_epoch says so");
        }
        return seen.isAfter(end.head()) ? Optional.of(Epochs.behind(seen)) : Optional.empty();
    }

    private LogEnd renewed(LogEnd found, Seq seen, String reason) {
        return locked(scope -> epochs.renew(scope.connection(), found, seen, reason));
    }

    private LogEnd end() {
        return transactions.run(scope -> LogEnd.of(scope.connection()));
    }

    private Epochs.Written written() {
        try {
            return transactions.run(scope -> epochs.written(scope.connection()));
        } catch (TransactionFailed e) {
            LOG.log(
                    Level.WARNING,
                    "The database does not identify itself: a copy of it is not detected by its identity",
                    e);
            return Epochs.Written.HERE;
        }
    }

    private <T> T locked(Transactions.Work<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return transactions.run(work);
            } catch (TransactionFailed e) {
                if (tries == TRIES_MAX) {
                    throw e;
                }
            }
        }
    }
}
