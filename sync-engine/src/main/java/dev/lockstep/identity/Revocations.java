package dev.lockstep.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Users whose older tokens are refused. The latest revocations are in memory; for a token older than those the database is
 * queried. Thread-safe.
 */
public final class Revocations {
    /** How often revocations of other nodes are polled. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Maximum difference between the clocks of two nodes. Revocations beyond it would be missed until a restart. */
    private static final Duration CLOCKS_DIFFER_MAX = Duration.ofMinutes(1);

    /** Most attempts if concurrent transactions insert the first revocation of a user. */
    private static final int TRIES_MAX = 3;

    /** Most users in memory, about 100 bytes each. */
    static final int USERS_MAX = 100_000;

    /** Most cached lookups for older tokens. */
    private static final int LOOKED_UP_MAX = 10_000;

    /** How long a lookup is cached. Newer revocations are in memory by then. */
    private static final Duration LOOKED_UP_KEPT = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(Revocations.class.getName());

    private final RevocationTable table = new RevocationTable();
    private final RecentRevocations recent;
    private final Cache<User, OptionalLong> lookedUp = Caffeine.newBuilder()
            .maximumSize(LOOKED_UP_MAX)
            .expireAfterWrite(LOOKED_UP_KEPT)
            .executor(Runnable::run)
            .build();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Transactions transactions;
    private final InstantSource clock;
    private final Executor executor;
    private final int usersMax;
    private long newest = Long.MIN_VALUE;
    private boolean failed;

    /** @param executor runs separate transactions, as the caller's thread may have one */
    Revocations(Transactions transactions, InstantSource clock, Executor executor) {
        this(transactions, clock, executor, USERS_MAX);
    }

    Revocations(Transactions transactions, InstantSource clock, Executor executor, int usersMax) {
        this.recent = new RecentRevocations(usersMax);
        this.usersMax = usersMax;
        this.transactions = transactions;
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * Reads the earlier revocations, and polls for new ones on a thread of its own until {@link #stop}. The tables exist.
     *
     * @throws dev.lockstep.database.TransactionFailed if the database does not answer
     */
    public void start(ThreadFactory threads) {
        refresh();
        Thread thread = threads.newThread(this::run);
        thread.setName("lockstep-revocations");
        thread.start();
    }

    private void run() {
        try {
            while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                refreshQuietly();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The poller of revocations stops");
        }
    }

    /** Stops polling. */
    public void stop() {
        stopped.countDown();
    }

    private void refreshQuietly() {
        try {
            refresh();
            failed = false;
        } catch (RuntimeException | Error e) {
            if (!failed && !DatabaseFailures.isTransient(e)) { // an outage of the database is already logged
                LOG.log(Level.WARNING, "Revocations of other nodes cannot be read; trying again every second", e);
            }
            failed = true;
        }
    }

    /** Reads new revocations of all nodes. */
    synchronized void refresh() {
        long from = newest == Long.MIN_VALUE
                ? newest
                : newest - TimeUnit.MILLISECONDS.toMicros(CLOCKS_DIFFER_MAX.toMillis());
        Map<User, Long> found = transactions.run(scope -> table.since(scope.connection(), from, usersMax));
        if (found.size() == usersMax) { // earlier ones are only in the table
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
            CompletableFuture.runAsync(() -> write(user, now, TRIES_MAX), executor)
                    .join();
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
            lookedUp.invalidate(user);
            listeners.forEach(Runnable::run);
        }
    }

    /** Adds a listener of new revocations. It must return soon. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Removes a listener. */
    public void leave(Runnable listener) {
        listeners.remove(listener);
    }

    /**
     * Whether a caller is revoked. Blocks on the database if the caller's authentication is older than all revocations in
     * memory.
     *
     * @param since the time of the authentication, in seconds precision if a token states it
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

    /** The same for a caller that was checked by {@link #has} before: only newer revocations count. Never blocks. */
    public boolean hasSince(Caller caller, Instant since) {
        OptionalLong revokedAt = caller.subject()
                .map(subject -> recent.of(new User(caller.application(), subject)))
                .orElse(OptionalLong.empty());
        return revokedAt.isPresent() && micros(since) <= revokedAt.getAsLong();
    }

    private OptionalLong lookUp(User user) {
        // Not as a loader: an invalidation must not wait for the database.
        OptionalLong known = lookedUp.getIfPresent(user);
        if (known == null) {
            known = transactions.run(scope -> table.of(scope.connection(), user));
            lookedUp.put(user, known);
        }
        return known;
    }

    /** The number of users in memory. */
    int inMemory() {
        return recent.size();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
