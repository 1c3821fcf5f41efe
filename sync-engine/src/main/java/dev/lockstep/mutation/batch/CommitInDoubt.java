package dev.lockstep.mutation.batch;

import dev.lockstep.api.Seq;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.mutation.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Resolves from the log whether a batch was committed whose commit had no answer. */
final class CommitInDoubt {
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(100);

    private static final Logger LOG = System.getLogger(CommitInDoubt.class.getName());

    private final Transactions transactions;
    private final ActionLog log;

    CommitInDoubt(Transactions transactions, ActionLog log) {
        this.transactions = transactions;
        this.log = log;
    }

    /** Asks the database until it answers, at most for {@link Deadline#WAIT_MAX}. */
    boolean isCommitted(BatchOutcome outcome) {
        Optional<Seq> first = outcome.first();
        if (first.isEmpty()) {
            return false; // no rows were written: a repeat is evaluated again
        }
        long deadline = System.nanoTime() + Deadline.WAIT_MAX.toNanos();
        while (true) {
            try {
                return transactions.run(scope -> {
                    WritingTransactions.begin(scope.connection(), WritingTransactions.LOCK_WAIT_MAX);
                    return log.containsBatch(scope.connection(), outcome.batchId(), first.get());
                });
            } catch (TransactionFailed e) {
                if (System.nanoTime() > deadline) {
                    LOG.log(
                            Level.ERROR,
                            "The database does not say whether a batch was committed; its mutations are refused as"
                                    + " retryable, and a repeat gets the result",
                            e);
                    return false;
                }
                LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
            }
        }
    }
}
