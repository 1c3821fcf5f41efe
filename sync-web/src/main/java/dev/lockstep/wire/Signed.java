package dev.lockstep.wire;

import dev.lockstep.api.Identity;
import java.time.Instant;

/** Who a socket's caller is, and since when. */
record Signed(Identity.Known known, Instant since) {
    boolean isOfTheSameUserAs(Signed other) {
        return known.caller().subject().isPresent()
                && known.caller().subject().equals(other.known.caller().subject());
    }
}
