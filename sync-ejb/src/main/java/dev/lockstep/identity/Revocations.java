package dev.lockstep.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.identity.RevocationTable.User;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Users whose older tokens are refused. The latest revocations are in memory; for a token older than those the database is
 * queried. Thread-safe.
 */
public final class Revocations {
    /** How often it is looked for what other nodes have revoked. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** How far the clocks of two nodes may differ. What a slower clock wrote would be overlooked until a restart. */
    private static final Duration CLOCKS_DIFFER_MAX = Duration.ofMinutes(1);

    /** How often two transactions may be in each other's way with the first revocation of a user. */
    private static final int TRIES_MAX = 3;

    /** Most users in memory, about 100 bytes each. */
    static final int USERS_MAX = 100_000;

    /** Most users whose tokens are older and who were looked up. Beyond it all are looked up again. */
    private static final int LOOKED_UP_MAX = 10_000;

    /** How long a looked-up revocation is taken for true. Newer ones are in memory by then. */
    private static final Duration LOOKED_UP_KEPT = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(Revocations.class.getName());

    private final RevocationTable table = new RevocationTable();
    private final RecentRevocations recent;
    private final ConcurrentMap<User, LookedUp> lookedUp = new ConcurrentHashMap<>();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Transactions transactions;
    private final InstantSource clock;
    private final Executor aside;
    private final int usersMax;
    private long newest = Long.MIN_VALUE;
    private boolean failed;

    private record LookedUp(OptionalLong revokedAt, long nanos) {}

    /** @param aside runs a transaction of its own: the caller's thread may have one already */
    Revocations(Transactions transactions, InstantSource clock, Executor aside) {
        this(transactions, clock, aside, USERS_MAX);
    }

    Revocations(Transactions transactions, InstantSource clock, Executor aside, int usersMax) {
        this.recent = new RecentRevocations(usersMax);
        this.usersMax = usersMax;
        this.transactions = transactions;
        this.clock = clock;
        this.aside = aside;
    }

    /** Looks for more, again and again until {@link #stop}. */
    void run() {
        try {
            while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                refreshQuietly();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The poller of revocations stops");
        }
    }

    void stop() {
        stopped.countDown();
    }

    private void refreshQuietly() {
        try {
            refresh();
            failed = false;
        } catch (RuntimeException | Error e) {
            if (!failed && !DatabaseFailures.isTransient(e)) { // that the database is away is told already
                LOG.log(Level.WARNING, "Revocations of other nodes cannot be read; trying again every second", e);
            }
            failed = true;
        }
    }

    /** Reads what is new, of all nodes. */
    synchronized void refresh() {
        long from = newest == Long.MIN_VALUE
                ? newest
                : newest - TimeUnit.MILLISECONDS.toMicros(CLOCKS_DIFFER_MAX.toMillis());
        Map<User, Long> found = transactions.run(scope -> table.since(scope.connection(), from, usersMax));
        if (found.size() == usersMax) { // those before them are in the table only
            recent.forgetUntil(
                    found.values().stream().mapToLong(Long::longValue).min().orElseThrow());
        }
        found.forEach((user, revokedAt) -> {
            newest = Math.max(newest, revokedAt);
            addRecent(user, revokedAt);
        });
    }

    /** As {@link dev.lockstep.api.identity.Callers#revoked}. */
    void revoked(String application, String subject) {
        User user = new User(application, subject);
        long now = micros(clock.instant());
        DatabaseFailures.refusing("a user was not revoked", () -> writeInBackground(user, now));
        addRecent(user, now);
    }

    private User writeInBackground(User user, long now) {
        try {
            CompletableFuture.runAsync(() -> write(user, now, TRIES_MAX), aside).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return user;
    }

    private void write(User user, long now, int tries) {
        try {
            transactions.run(scope -> {
                table.write(scope.connection(), user, now);
                return user;
            });
        } catch (TransactionFailed e) {
            if (tries == 1) {
                throw e;
            }
            write(user, now, tries - 1);
        }
    }

    private void addRecent(User user, long revokedAt) {
        if (recent.add(user, revokedAt)) {
            lookedUp.remove(user);
            listeners.forEach(Runnable::run);
        }
    }

    /** Has somebody hear of it, soon and briefly, when there are more than before. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Ends it. */
    public void leave(Runnable listener) {
        listeners.remove(listener);
    }

    /**
     * Whether a caller is known no more. Blocks on the database where the caller is known from before all that is in memory.
     *
     * @param since from when the caller is known, to the second where a token says it
     * @throws dev.lockstep.database.TransactionFailed if the database does not answer
     */
    public boolean has(Caller caller, Instant since) {
        if (caller.subject().isEmpty()) {
            return false;
        }
        User user = new User(caller.application(), caller.subject().get());
        OptionalLong revokedAt = recent.of(user);
        if (revokedAt.isEmpty() && !recent.knowsAllFrom(micros(since))) {
            revokedAt = lookUp(user);
        }
        return revokedAt.isPresent() && micros(since) <= revokedAt.getAsLong();
    }

    /** The same for who was asked for by {@link #has} before: only what is newer counts. Never blocks. */
    public boolean hasSince(Caller caller, Instant since) {
        OptionalLong revokedAt = caller.subject()
                .map(subject -> recent.of(new User(caller.application(), subject)))
                .orElse(OptionalLong.empty());
        return revokedAt.isPresent() && micros(since) <= revokedAt.getAsLong();
    }

    private OptionalLong lookUp(User user) {
        long now = System.nanoTime();
        LookedUp known = lookedUp.get(user);
        if (known != null && now - known.nanos() < LOOKED_UP_KEPT.toNanos()) {
            return known.revokedAt();
        }
        if (lookedUp.size() >= LOOKED_UP_MAX) {
            lookedUp.clear();
        }
        OptionalLong found = transactions.run(scope -> table.of(scope.connection(), user));
        lookedUp.put(user, new LookedUp(found, now));
        return found;
    }

    /** How many users are in memory. */
    int inMemory() {
        return recent.size();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
