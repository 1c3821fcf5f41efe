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
 * Availability of the database. During an outage, one transaction per {@link #PROBE_INTERVAL} tries to open a connection,
 * and all others fail at once. So an outage blocks no threads, and does not log a line for each request. Thread-safe.
 */
@ApplicationScoped
public class DatabaseAvailability {
    /** Interval of connection attempts during an outage. */
    static final Duration PROBE_INTERVAL = Duration.ofMillis(250);
    /** Interval of the log line about a continuing outage. */
    static final Duration REMINDER_INTERVAL = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(DatabaseAvailability.class.getName());

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanos;

    /** Counts changes: even while the database is available, odd during an outage. Changed under this object's lock. */
    private final AtomicInteger era = new AtomicInteger();

    private long unavailableSinceNanos;
    private long probedNanos;
    private long remindedNanos;
    private long refused;

    /** Called when the database is available again. Must be brief, and must not use the database. */
    @FunctionalInterface
    public interface Listener {
        void onAvailable(Duration outage);
    }

    /** An instance that uses the clock of the JVM. */
    public DatabaseAvailability() {
        this(System::nanoTime);
    }

    DatabaseAvailability(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether the last attempt to open a connection has failed. */
    public boolean isUnavailable() {
        return isUnavailable(era.get());
    }

    private static boolean isUnavailable(int era) {
        return era % 2 != 0;
    }

    /** Adds a listener; it is called after each outage. */
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** Removes a listener. */
    public void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    /**
     * To be called before a connection is requested.
     *
     * @return the argument for {@link #reached} or {@link #failed}
     * @throws SQLException during an outage, if another transaction has tried within {@link #PROBE_INTERVAL}
     */
    int attempt() throws SQLException {
        int now = era.get();
        return isUnavailable(now) ? probe() : now;
    }

    private synchronized int probe() throws SQLException {
        long now = nanos.getAsLong();
        if (isUnavailable() && now - probedNanos < PROBE_INTERVAL.toNanos()) {
            refused++;
            throw new DatabaseUnavailable();
        }
        probedNanos = now;
        return era.get();
    }

    /** Reports an opened connection. One that was requested before the outage began is no evidence of its end. */
    void reached(int attemptedIn) {
        if (!isUnavailable()) {
            return;
        }
        Duration outage;
        synchronized (this) {
            if (!isUnavailable(attemptedIn) || !era.compareAndSet(attemptedIn, attemptedIn + 1)) {
                return;
            }
            outage = Duration.ofNanos(nanos.getAsLong() - unavailableSinceNanos);
            LOG.log(
                    Level.INFO,
                    "Database available again after " + seconds(outage) + " s; " + refused
                            + " transactions were refused during the outage");
        }
        for (Listener each : listeners) {
            try {
                each.onAvailable(outage);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "A listener of the database's availability failed; others are not affected", e);
            }
        }
    }

    /** Reports a failed request for a connection. An exhausted pool is no evidence of an outage. */
    void failed(int attemptedIn, SQLException failure) {
        Optional<SQLException> cause = DatabaseFailures.ofDriver(failure);
        if (cause.isEmpty()) {
            return;
        }
        synchronized (this) {
            long now = nanos.getAsLong();
            if (isUnavailable()) {
                refused++;
                if (now - remindedNanos >= REMINDER_INTERVAL.toNanos()) {
                    remindedNanos = now;
                    LOG.log(
                            Level.WARNING,
                            "Database still unavailable after " + seconds(Duration.ofNanos(now - unavailableSinceNanos))
                                    + " s; " + refused + " transactions were refused so far");
                }
            } else if (era.compareAndSet(attemptedIn, attemptedIn + 1)) {
                unavailableSinceNanos = now;
                probedNanos = now;
                remindedNanos = now;
                refused = 1;
                LOG.log(
                        Level.WARNING,
                        "Database unavailable (" + DatabaseFailures.summary(cause.get())
                                + "); requests are refused with 503, a connection is tried every "
                                + PROBE_INTERVAL.toMillis() + " ms");
            }
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
