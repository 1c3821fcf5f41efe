package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Identity;
import java.time.Instant;

/** Identity of a socket's caller, and the time from which it counts. */
public record AuthenticatedIdentity(Identity.Known known, Instant since) {
    public boolean isOfTheSameUserAs(AuthenticatedIdentity other) {
        return known.caller().subject().isPresent()
                && known.caller().subject().equals(other.known.caller().subject());
    }
}
