package dev.lockstep.identity;

import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.identity.RevocationTable.User;
import dev.lockstep.identity.RightsTable.Changed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Tells all nodes whose rights have changed. Thread-safe. */
public final class RightsChanges {
    /** How often it is looked for what other nodes tell: with the judging that follows, less than a second. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(400);

    /** How far the clocks of two nodes may differ. What a slower clock wrote would be overlooked. */
    private static final Duration CLOCKS_DIFFER_MAX = Duration.ofMinutes(1);

    /** How often two transactions may be in each other's way with the first change of a user. */
    private static final int TRIES_MAX = 3;

    private static final Logger LOG = System.getLogger(RightsChanges.class.getName());

    private final RightsTable table = new RightsTable();
    private final Map<User, Changed> known = new HashMap<>();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Transactions transactions;
    private final InstantSource clock;
    private final Executor aside;
    private long newest = Long.MIN_VALUE;
    private boolean failed;

    /** Hears whose rights have changed, perhaps more than once; must not block. */
    @FunctionalInterface
    public interface Listener {
        void changed(String application, String subject);
    }

    /** @param aside runs a transaction of its own: the caller's thread may have one already */
    RightsChanges(Transactions transactions, InstantSource clock, Executor aside) {
        this.transactions = transactions;
        this.clock = clock;
        this.aside = aside;
    }

    /** Looks for more, again and again until {@link #stop}. */
    void run() {
        try {
            while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                lookAgain();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "nobody looks for changed rights any more");
        }
    }

    void stop() {
        stopped.countDown();
    }

    private void lookAgain() {
        try {
            look();
            failed = false;
        } catch (RuntimeException | Error e) {
            if (!failed) {
                LOG.log(
                        Level.WARNING,
                        "changed rights cannot be read; trying again every " + LOOK_EVERY.toMillis() + " ms",
                        e);
            }
            failed = true;
        }
    }

    /** Reads what is new, of all nodes. Nobody hears of what the first look finds: no socket is that old. */
    synchronized void look() {
        boolean first = newest == Long.MIN_VALUE;
        long from = first ? newest : newest - TimeUnit.MILLISECONDS.toMicros(CLOCKS_DIFFER_MAX.toMillis());
        if (first) {
            newest = micros(clock.instant());
        }
        Map<User, Changed> found = transactions.run(scope -> table.since(scope.connection(), from));
        found.forEach((user, changed) -> {
            newest = Math.max(newest, changed.lastAt());
            Changed before = known.put(user, changed);
            if (!first && !changed.equals(before)) {
                tell(user);
            }
        });
    }

    /** The user's rights have changed. Returns when it is durable; listeners of this node have heard of it then. */
    void changed(String application, String subject) {
        User user = new User(application, subject);
        synchronized (this) { // else the next look could find it before it is known here, and tell it again
            known.put(
                    user,
                    CompletableFuture.supplyAsync(() -> write(user, micros(clock.instant()), TRIES_MAX), aside)
                            .join());
        }
        tell(user);
    }

    private Changed write(User user, long now, int tries) {
        try {
            return transactions.run(scope -> table.write(scope.connection(), user, now));
        } catch (TransactionFailed e) {
            if (tries == 1) {
                throw e;
            }
            return write(user, now, tries - 1);
        }
    }

    private void tell(User user) {
        listeners.forEach(listener -> listener.changed(user.application(), user.subject()));
    }

    /** Has somebody hear of changes. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Ends it. */
    public void leave(Listener listener) {
        listeners.remove(listener);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
