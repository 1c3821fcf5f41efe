package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Whether the database can be reached. While it is away, one transaction every {@link #PROBE_EVERY} tries to open a
 * connection, and all others fail at once: an outage costs neither waiting threads nor a line of the log for each request.
 * Thread-safe.
 */
@ApplicationScoped
public class DatabaseAvailability {
    /** How often a connection is tried while the database is away. */
    static final Duration PROBE_EVERY = Duration.ofMillis(250);

    /** How often the log says that the database is still away. */
    static final Duration REMIND_EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(DatabaseAvailability.class.getName());

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanos;

    /** Even while the database is there, odd while it is away. Changed while this is locked. */
    private final AtomicInteger era = new AtomicInteger();

    private long awaySinceNanos;
    private long probedNanos;
    private long remindedNanos;
    private long refused;

    /** Hears that the database is back. Must be brief, and may not use the database. */
    @FunctionalInterface
    public interface Listener {
        void onAvailable(Duration awayFor);
    }

    /** One that measures by the clock of the JVM. */
    public DatabaseAvailability() {
        this(System::nanoTime);
    }

    DatabaseAvailability(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether the last attempt to open a connection failed. */
    public boolean isUnavailable() {
        return isUnavailable(era.get());
    }

    private static boolean isUnavailable(int era) {
        return era % 2 != 0;
    }

    /** Has somebody hear of each time that the database comes back. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Ends it. */
    public void leave(Listener listener) {
        listeners.remove(listener);
    }

    /**
     * Before a connection is asked for.
     *
     * @return what to tell {@link #reached} or {@link #failed} then
     * @throws SQLException if the database is away, and somebody else tries a connection in these moments
     */
    int attempt() throws SQLException {
        int now = era.get();
        return isUnavailable(now) ? probe() : now;
    }

    private synchronized int probe() throws SQLException {
        long now = nanos.getAsLong();
        if (isUnavailable() && now - probedNanos < PROBE_EVERY.toNanos()) {
            refused++;
            throw new DatabaseUnavailable();
        }
        probedNanos = now;
        return era.get();
    }

    /** A connection was lent. One that was asked for before the database went away says nothing of now. */
    void reached(int attemptedIn) {
        if (!isUnavailable()) {
            return;
        }
        Duration awayFor;
        synchronized (this) {
            if (!isUnavailable(attemptedIn) || !era.compareAndSet(attemptedIn, attemptedIn + 1)) {
                return;
            }
            awayFor = Duration.ofNanos(nanos.getAsLong() - awaySinceNanos);
            LOG.log(
                    Level.INFO,
                    "the database is back after " + seconds(awayFor) + " s; " + refused
                            + " transactions were refused meanwhile");
        }
        for (Listener each : listeners) {
            try {
                each.onAvailable(awayFor);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a listener failed when the database came back; the others go on", e);
            }
        }
    }

    /** No connection was lent. A pool whose connections are all in use says nothing of the database. */
    void failed(int attemptedIn, SQLException notLent) {
        Optional<SQLException> cause = DatabaseFailures.ofDriver(notLent);
        if (cause.isEmpty()) {
            return;
        }
        synchronized (this) {
            long now = nanos.getAsLong();
            if (isUnavailable()) {
                refused++;
                if (now - remindedNanos >= REMIND_EVERY.toNanos()) {
                    remindedNanos = now;
                    LOG.log(
                            Level.WARNING,
                            "the database is still away after " + seconds(Duration.ofNanos(now - awaySinceNanos))
                                    + " s; " + refused + " transactions were refused so far");
                }
            } else if (era.compareAndSet(attemptedIn, attemptedIn + 1)) {
                awaySinceNanos = now;
                probedNanos = now;
                remindedNanos = now;
                refused = 1;
                LOG.log(
                        Level.WARNING,
                        "the database is away (" + DatabaseFailures.summary(cause.get())
                                + "); requests are refused with" + " 503, and a connection is tried every "
                                + PROBE_EVERY.toMillis() + " ms");
            }
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
