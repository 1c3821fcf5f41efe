package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;

/**
 * The cookies by which a dialect's clients sign in. {@link DialectCookieIdentity} asks the beans of this type. Browsers send
 * cookies by themselves, so origins are checked as for every cookie. Thread-safe.
 */
public interface DialectCookies {
    /** The identity in the dialect's cookie; none if there is no such cookie, or the application does not speak the dialect. */
    Identity identify(Credentials credentials);
}
