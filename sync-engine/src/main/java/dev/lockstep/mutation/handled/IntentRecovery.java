package dev.lockstep.mutation.handled;

import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.mutation.handled.ChangeHandling.Handled;
import dev.lockstep.mutation.handled.IntentTable.Open;
import dev.lockstep.trace.RecurringFault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes changes whose outcome is open: those of a node that died, and those that a handler did not make. Several nodes may run
 * it. Thread-safe.
 */
public final class IntentRecovery {
    /** Pause between two looks at the intents. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Age of an attempt that has ended, or whose node has died: longer than a call and its effect take. */
    static final Duration ABANDONED_AFTER = Duration.ofSeconds(30);

    private static final int AT_ONCE = 100;
    private static final Logger LOG = System.getLogger(IntentRecovery.class.getName());

    private static final String UNREAD = "Open changes of handlers cannot be read; they are read again";

    private final RecurringFault faults = new RecurringFault(LOG, Level.ERROR, UNREAD);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final HandledMutations.Collections collections;
    private final ChangeHandling handling;
    private final KeyedSerialExecutor serial;
    private final HandlerCalls calls;
    private final InstantSource clock;

    IntentRecovery(
            HandledMutations.Collections collections,
            ChangeHandling handling,
            KeyedSerialExecutor serial,
            HandlerCalls calls,
            InstantSource clock) {
        this.collections = collections;
        this.handling = handling;
        this.serial = serial;
        this.calls = calls;
        this.clock = clock;
    }

    /** Recovers until {@link #stop}. */
    public void run() {
        try {
            while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                recoverSafely();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The recovery of open changes stops");
        }
    }

    /** Ends {@link #run}. */
    public void stop() {
        stopped.countDown();
    }

    private void recoverSafely() {
        try {
            recover(ABANDONED_AFTER);
            faults.succeeded();
        } catch (RuntimeException | Error e) { // the thread must not end
            DatabaseFailures.report(UNREAD, e, faults::failed);
        }
    }

    /** Begins to make the changes that nobody has tried for some time. */
    void recover(Duration age) {
        List<Open> abandoned = handling.abandoned(clock.instant().minus(age), AT_ONCE);
        for (Open open : abandoned) {
            Optional<Handled> handled = collections.handled(
                    open.intent().room().application(), open.intent().collection());
            if (handled.isPresent() && handling.takeOver(open)) {
                Open taken = new Open(open.intent(), open.attempts() + 1);
                boolean unused = serial.add(
                        taken.intent().room(),
                        calls.steps(taken.intent().room()),
                        () -> handling.continueAfterCrash(handled.get(), taken, new CompletableFuture<>()),
                        faults::failed);
            }
        }
    }
}
