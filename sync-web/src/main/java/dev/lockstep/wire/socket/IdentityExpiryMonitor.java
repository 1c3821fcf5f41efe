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
 * Closes the sockets whose caller's identity has ended. All of them are asked only when one may have: asking 1,000
 * sockets touches as much memory as writing to them, in the middle of whatever else there is to do. Thread-safe.
 */
final class IdentityExpiryMonitor {
    /** The code a socket is closed with whose identity has ended: expired, revoked, or its key is valid no more. */
    static final int CLOSED_SIGN_IN_AGAIN = 4401;

    /** Unexpected condition (RFC 6455, section 7.4.1). */
    private static final int CLOSED_FAULT = 1011;

    private static final Logger LOG = System.getLogger(IdentityExpiryMonitor.class.getName());

    private final Collection<Connection> open;
    private final Predicate<AuthenticatedIdentity> holds;
    private final Supplier<Set<String>> keys;
    private final InstantSource clock;
    private final AtomicReference<Instant> earliestEnd = new AtomicReference<>(Instant.MAX);
    private volatile Set<String> seenKeys;

    /**
     * A watch over sockets.
     *
     * @param open those that are open, as a view: what is added counts
     * @param holds whether an identity still does
     * @param keys the names of the keys that vouch for identities now
     */
    IdentityExpiryMonitor(
            Collection<Connection> open,
            Predicate<AuthenticatedIdentity> holds,
            Supplier<Set<String>> keys,
            InstantSource clock) {
        this.open = open;
        this.holds = holds;
        this.keys = keys;
        this.clock = clock;
        seenKeys = keys.get();
    }

    /** From now on it is closed when its identity ends. Called once it is among the open ones, and again for each identity. */
    void watch(Connection socket) {
        schedule(socket);
        closeIfEnded(socket); // what ended just now, has been told to those before
    }

    /** Looks whether an identity may have ended by itself, or by its key; cheap where none has. Throws nothing. */
    void check() {
        try {
            Set<String> now = keys.get();
            boolean mayHaveEnded = !now.equals(seenKeys) || !clock.instant().isBefore(earliestEnd.get());
            seenKeys = now;
            if (mayHaveEnded) {
                closeEnded();
            }
        } catch (RuntimeException e) { // whoever schedules it would never look again
            LOG.log(Level.ERROR, "it could not be looked whether callers are still signed in; trying again", e);
        }
    }

    /** Closes all whose identity has ended. */
    void closeEnded() {
        earliestEnd.set(Instant.MAX); // before anybody is asked: who comes meanwhile notes an end of their own
        for (Connection each : open) {
            schedule(each);
            closeIfEnded(each);
        }
    }

    private void schedule(Connection socket) {
        socket.identity()
                .flatMap(identity -> identity.known().caller().expiry())
                .ifPresent(end -> earliestEnd.accumulateAndGet(end, IdentityExpiryMonitor::earlier));
    }

    private static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }

    private void closeIfEnded(Connection socket) {
        Optional<AuthenticatedIdentity> identity = socket.identity();
        try {
            if (identity.isPresent() && !holds.test(identity.get())) {
                socket.close(CLOSED_SIGN_IN_AGAIN, "sign in again");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "it is not known whether a caller is still signed in; the socket is closed", e);
            socket.close(CLOSED_FAULT, "the server could not tell who this is; reconnect");
        }
    }
}
