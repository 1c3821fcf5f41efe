package dev.lockstep.mutation.idempotency;

import dev.lockstep.database.Transactions;
import dev.lockstep.database.WritingTransactions;
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
 * Lets go of what nobody asks for any more, a little at a time, on a thread of its own: old answers, and the old end of
 * the log. Any node may do it.
 */
public final class Housekeeping {
    /** How long answers are kept at least: longer than a client that comes back from a holiday holds on to its outbox. */
    public static final Duration ANSWERS_KEPT = Duration.ofDays(60);

    /** How much longer than the log they are kept at least: a client may send again what it has seen to be pruned. */
    private static final Duration LONGER_THAN_LOG = Duration.ofDays(30);

    private static final Duration EVERY = Duration.ofMinutes(10);

    private static final Logger LOG = System.getLogger(Housekeeping.class.getName());

    private final RecurringFault faults = new RecurringFault(
            LOG,
            Level.WARNING,
            "not everything that is old could be removed, trying again every " + EVERY.toMinutes() + " min");
    private final Transactions transactions;
    private final InstantSource clock;
    private final Duration logKept;
    private final IdempotencyStore idempotencyStore = new IdempotencyStore();
    private final Floors floors = new Floors();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param logKept how long actions stay in the log */
    public Housekeeping(Transactions transactions, InstantSource clock, Duration logKept) {
        this.transactions = transactions;
        this.clock = clock;
        this.logKept = logKept;
    }

    /** Again and again until {@link #stop}. */
    public void run() {
        try {
            do {
                deleteExpired();
            } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "housekeeping stops");
        }
    }

    public void stop() {
        stopped.countDown();
    }

    public void deleteExpired() {
        try {
            whileThereIsMore(
                    scope -> idempotencyStore.deleteOlderThan(scope.connection(), micros(answerRetention())) > 0);
            whileThereIsMore(scope -> {
                WritingTransactions.begin(scope.connection(), WritingTransactions.LOCK_WAIT_MAX);
                return floors.prune(scope.connection(), micros(logKept)).isPresent();
            });
            faults.succeeded();
        } catch (RuntimeException | Error e) { // whatever it was, it is tried again
            faults.failed(e);
        }
    }

    private Duration answerRetention() {
        Duration beyondLog = logKept.plus(LONGER_THAN_LOG);
        return beyondLog.compareTo(ANSWERS_KEPT) > 0 ? beyondLog : ANSWERS_KEPT;
    }

    private void whileThereIsMore(Transactions.Work<Boolean> some) {
        boolean more = true;
        while (more && stopped.getCount() > 0) {
            more = transactions.run(some);
        }
    }

    /** The time so long ago, in microseconds since 1970. */
    private long micros(Duration ago) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant().minus(ago));
    }
}
