package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Identity;
import dev.lockstep.identity.Revocations;
import dev.lockstep.wire.identity.jwt.TokenVerifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;

/** Check whether an identity is still valid. Thread-safe. */
@ApplicationScoped
public class IdentityValidity {
    @Inject
    private InstantSource clock;

    @Inject
    private TokenVerifier tokens;

    @Inject
    private Revocations revocations;

    /** The time from which an identity that was resolved now counts. */
    public Instant since(Identity.Known known) {
        return known.issued().orElseGet(clock::instant);
    }

    /**
     * Whether the identity has not expired, its key is valid, and its user was not revoked since then. Blocks on the database
     * if the identity is older than the revocations in memory.
     */
    public boolean isValid(Identity.Known known, Instant since) {
        return isValid(known) && !revocations.has(known.caller(), since);
    }

    /** Whether an identity that was valid at the last check still is. Never blocks. */
    public boolean isStillValid(Identity.Known known, Instant since) {
        return isValid(known) && !revocations.hasSince(known.caller(), since);
    }

    private boolean isValid(Identity.Known known) {
        return known.caller()
                        .expiry()
                        .filter(end -> !clock.instant().isBefore(end))
                        .isEmpty()
                && known.key().filter(key -> !tokens.keys().contains(key)).isEmpty();
    }
}
