package dev.lockstep.mutation.idempotency;

import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.event.ErasedStores;
import dev.lockstep.log.Floors;
import dev.lockstep.trace.RecurringFault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Deletes expired stored results, prunes the log, and deletes the events of reset stores, in small transactions on its own
 * thread. Several nodes may do it at the same time.
 */
public final class Housekeeping {
    /** The minimum retention of stored results: longer than a client keeps mutations in its outbox while it is offline. */
    public static final Duration RESULT_RETENTION_MIN = Duration.ofDays(60);

    /** The minimum time by which results outlive the log: clients may repeat mutations whose actions are pruned. */
    private static final Duration RETENTION_BEYOND_LOG = Duration.ofDays(30);

    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private static final Logger LOG = System.getLogger(Housekeeping.class.getName());

    private static final String INCOMPLETE =
            "Not all expired data could be deleted; trying again every " + INTERVAL.toMinutes() + " min";

    private final RecurringFault faults = new RecurringFault(LOG, Level.WARNING, INCOMPLETE);
    private final Transactions transactions;
    private final InstantSource clock;
    private final Duration logRetention;
    private final IdempotencyStore idempotencyStore = new IdempotencyStore();
    private final Floors floors = new Floors();
    private final ErasedStores erasedStores = new ErasedStores();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param logRetention how long actions stay in the log */
    public Housekeeping(Transactions transactions, InstantSource clock, Duration logRetention) {
        this.transactions = transactions;
        this.clock = clock;
        this.logRetention = logRetention;
    }

    /** Deletes expired data periodically until {@link #stop}. */
    public void run() {
        try {
            do {
                deleteExpired();
            } while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "Housekeeping stops");
        }
    }

    public void stop() {
        stopped.countDown();
    }

    public void deleteExpired() {
        try {
            runWhileTrue(scope -> idempotencyStore.deleteOlderThan(scope.connection(), micros(resultRetention())) > 0);
            runWhileTrue(scope -> {
                WritingTransactions.begin(scope.connection(), WritingTransactions.LOCK_WAIT_MAX);
                return floors.prune(scope.connection(), micros(logRetention)).isPresent();
            });
            runWhileTrue(scope -> erasedStores.deleteSome(scope.connection()));
            faults.succeeded();
        } catch (RuntimeException | Error e) { // it is retried in any case
            DatabaseFailures.report(INCOMPLETE, e, faults::failed);
        }
    }

    private Duration resultRetention() {
        Duration beyondLog = logRetention.plus(RETENTION_BEYOND_LOG);
        return beyondLog.compareTo(RESULT_RETENTION_MIN) > 0 ? beyondLog : RESULT_RETENTION_MIN;
    }

    private void runWhileTrue(Transactions.Work<Boolean> step) {
        boolean more = true;
        while (more && stopped.getCount() > 0) {
            more = transactions.run(step);
        }
    }

    /** The time this long ago, in microseconds since 1970. */
    private long micros(Duration ago) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant().minus(ago));
    }
}
