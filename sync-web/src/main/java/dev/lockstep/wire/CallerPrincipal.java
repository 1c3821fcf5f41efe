package dev.lockstep.wire;

import dev.lockstep.api.Identity;
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
