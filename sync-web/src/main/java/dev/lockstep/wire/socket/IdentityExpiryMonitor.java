package dev.lockstep.wire.socket;

import dev.lockstep.wire.identity.AuthenticatedIdentity;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Closes the connections whose identity has ended. It checks all of them only when one may have ended, because checking 1,000
 * connections touches as much memory as writing to them. Thread-safe.
 */
final class IdentityExpiryMonitor {
    /** Unexpected condition (RFC 6455, section 7.4.1). */
    private static final int CLOSED_FAULT = 1011;

    private static final Logger LOG = System.getLogger(IdentityExpiryMonitor.class.getName());

    private final Collection<Connection> open;
    private final Predicate<AuthenticatedIdentity> isValid;
    private final Supplier<Set<String>> keys;
    private final InstantSource clock;
    private final AtomicReference<Instant> earliestEnd = new AtomicReference<>(Instant.MAX);
    private volatile Set<String> seenKeys;

    /**
     * A monitor of connections.
     *
     * @param open the open connections, as a view
     * @param isValid whether an identity is still valid
     * @param keys the names of the keys that are valid at present
     */
    IdentityExpiryMonitor(
            Collection<Connection> open,
            Predicate<AuthenticatedIdentity> isValid,
            Supplier<Set<String>> keys,
            InstantSource clock) {
        this.open = open;
        this.isValid = isValid;
        this.keys = keys;
        this.clock = clock;
        seenKeys = keys.get();
    }

    /** Closes a connection when its identity ends. Called once the connection is open, and again for each new identity. */
    void watch(Connection connection) {
        schedule(connection);
        closeIfEnded(connection); // an end of just now was checked for earlier connections only
    }

    /** Checks whether an identity may have expired, or lost its key. Cheap if none has. Throws nothing. */
    void check() {
        try {
            Set<String> now = keys.get();
            boolean mayHaveEnded = !now.equals(seenKeys) || !clock.instant().isBefore(earliestEnd.get());
            seenKeys = now;
            if (mayHaveEnded) {
                closeEnded();
            }
        } catch (RuntimeException e) { // otherwise the scheduler would never run it again
            LOG.log(Level.ERROR, "Identity check failed; it is repeated", e);
        }
    }

    /** Closes all connections whose identity has ended. */
    void closeEnded() {
        earliestEnd.set(Instant.MAX); // before the checks: a connection that opens meanwhile schedules its own
        for (Connection each : open) {
            schedule(each);
            closeIfEnded(each);
        }
    }

    private void schedule(Connection connection) {
        connection
                .identity()
                .flatMap(identity -> identity.known().caller().expiry())
                .ifPresent(end -> earliestEnd.accumulateAndGet(end, IdentityExpiryMonitor::earlier));
    }

    private static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }

    private void closeIfEnded(Connection connection) {
        Optional<AuthenticatedIdentity> identity = connection.identity();
        try {
            if (identity.isPresent() && !isValid.test(identity.get())) {
                connection.closeForEndedIdentity();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Identity check of a connection failed; it is closed", e);
            connection.close(CLOSED_FAULT, "the identity could not be checked; reconnect");
        }
    }
}
