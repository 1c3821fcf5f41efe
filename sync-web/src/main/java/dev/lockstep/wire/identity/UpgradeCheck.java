package dev.lockstep.wire.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Refusal;
import java.util.Optional;

/**
 * Refuses handshakes of sockets that would be closed at once. The filter that identifies callers asks the beans of this
 * type. Thread-safe.
 */
public interface UpgradeCheck {
    /**
     * The refusal of a handshake, as far as it is known before the socket is open; empty if it goes on. May block
     * for a moment, and run application code.
     *
     * @param path the path below the context root, as it was sent
     */
    Optional<Refusal> refuses(String path, Caller caller);
}
