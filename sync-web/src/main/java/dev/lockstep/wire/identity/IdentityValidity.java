package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Identity;
import dev.lockstep.identity.Revocations;
import dev.lockstep.wire.identity.jwt.TokenVerifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;

/** Says whether an identity still holds. Thread-safe. */
@ApplicationScoped
public class IdentityValidity {
    @Inject
    private InstantSource clock;

    @Inject
    private TokenVerifier tokens;

    @Inject
    private Revocations revocations;

    /** Since when an identity counts that has become known now. */
    public Instant since(Identity.Known known) {
        return known.issued().orElseGet(clock::instant);
    }

    /**
     * Whether it has not expired, its key is valid, and its user was not revoked since. Blocks on the database where it is
     * older than the revocations in memory.
     */
    public boolean isValid(Identity.Known known, Instant since) {
        return isValid(known) && !revocations.has(known.caller(), since);
    }

    /** Whether one that held when it was asked for before still does. Never blocks. */
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
