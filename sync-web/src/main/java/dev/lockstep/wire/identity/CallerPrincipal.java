package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Identity;
import java.security.Principal;

/** Who sends a request, as servlets and sockets carry it. An anonymous caller has none. */
public record CallerPrincipal(Identity.Known known) implements Principal {
    @Override
    public String getName() {
        return known.caller().subject().orElse("");
    }

    /** The name alone: the claims are nobody's business. */
    @Override
    public String toString() {
        return getName();
    }
}
