package dev.lockstep.mutation;

import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Forgets answers that no client asks for any more, a few at a time, on a thread of its own. Any node may do it. */
final class Forgetting {
    /** How long answers are kept: longer than a client that comes back from a holiday holds on to its outbox. */
    static final Duration ANSWERS_KEPT = Duration.ofDays(60);

    private static final Duration EVERY = Duration.ofMinutes(10);

    private static final Logger LOG = System.getLogger(Forgetting.class.getName());

    private final Transactions transactions;
    private final InstantSource clock;
    private final Answers answers = new Answers();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Forgetting(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Forgets again and again until {@link #stop}. */
    void run() {
        try {
            do {
                forgetOld();
            } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "forgetting stops");
        }
    }

    void stop() {
        stopped.countDown();
    }

    void forgetOld() {
        long before = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant().minus(ANSWERS_KEPT));
        try {
            boolean more = true;
            while (more && stopped.getCount() > 0) {
                more = transactions.run(scope -> answers.forget(scope.connection(), before))
                        == Answers.FORGOTTEN_AT_ONCE;
            }
        } catch (TransactionFailed e) {
            LOG.log(Level.WARNING, "old answers were not forgotten, trying again in " + EVERY.toMinutes() + " min", e);
        }
    }
}
