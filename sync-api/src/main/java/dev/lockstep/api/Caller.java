package dev.lockstep.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The immutable identity behind a request or a socket.
 *
 * @param application the application it speaks to
 * @param subject the user's id; empty if anonymous
 * @param claims what the identity's issuer says of the user
 * @param expiry when the identity ends; empty if it does not
 */
public record Caller(
        String application, Optional<String> subject, Map<String, Object> claims, Optional<Instant> expiry) {
    public Caller {
        claims = Map.copyOf(claims);
    }

    /** Somebody who has not said who they are. */
    public static Caller anonymous(String application) {
        return new Caller(application, Optional.empty(), Map.of(), Optional.empty());
    }
}
