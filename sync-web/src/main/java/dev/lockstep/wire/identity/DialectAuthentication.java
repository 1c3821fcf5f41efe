package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import java.util.Optional;

/**
 * Authentication by a dialect's own rules. On the dialect's paths, {@link IdentityFilter} takes credentials and refusals from
 * the beans of this type instead of its own rules. Thread-safe.
 */
public interface DialectAuthentication {
    /** Whether a path below the context root belongs to the dialect. */
    boolean isAt(String path);

    /**
     * Whether the dialect accepts credentials that browsers send by themselves. Origins are then checked as in the native
     * dialect.
     */
    default boolean acceptsBrowserCredentials() {
        return false;
    }

    /** Whether pages of all origins may read refusals by HTTP, like the dialect's answers. */
    default boolean isReadableByAllOrigins() {
        return false;
    }

    /**
     * The credentials that the dialect accepts. Unless it {@link #acceptsBrowserCredentials}, they must not include what
     * browsers send by themselves, because origins are not checked for them.
     */
    Credentials credentials(Credentials sent);

    /**
     * The JSON body of a 401 for a refused request; empty if the request continues. The dialect itself must then refuse an
     * {@link Identity.Refused}.
     */
    Optional<String> refuses(Credentials accepted, Identity identity);
}
