package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Identity;
import java.security.Principal;

/** Principal of a known caller in servlets and sockets. An anonymous caller has none. */
public record CallerPrincipal(Identity.Known known) implements Principal {
    @Override
    public String getName() {
        return known.caller().subject().orElse("");
    }

    /** The name only: claims do not belong in logs. */
    @Override
    public String toString() {
        return getName();
    }
}
