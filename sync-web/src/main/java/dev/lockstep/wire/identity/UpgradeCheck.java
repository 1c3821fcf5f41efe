package dev.lockstep.wire.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.identity.Credentials;
import java.util.Optional;

/**
 * Check that refuses the handshake of a socket that would be closed at once. {@link IdentityFilter} calls the beans of this
 * type. Thread-safe.
 */
public interface UpgradeCheck {
    /**
     * The refusal of a handshake, if it is known before the socket opens; empty if the handshake continues. May block for a
     * moment, and run application code.
     *
     * @param path the path below the context root, as it was sent and not decoded
     * @param credentials those of the handshake, with its query parameters
     */
    Optional<Refusal> refuses(String path, Caller caller, Credentials credentials);
}
