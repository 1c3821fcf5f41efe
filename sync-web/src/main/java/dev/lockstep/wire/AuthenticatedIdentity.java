package dev.lockstep.wire;

import dev.lockstep.api.Identity;
import java.time.Instant;

/** Who a socket's caller is, and since when. */
record AuthenticatedIdentity(Identity.Known known, Instant since) {
    boolean isOfTheSameUserAs(AuthenticatedIdentity other) {
        return known.caller().subject().isPresent()
                && known.caller().subject().equals(other.known.caller().subject());
    }
}
