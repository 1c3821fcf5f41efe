package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import java.util.Optional;

/**
 * A dialect's own way in. The filter that identifies callers asks the beans of this type: on a dialect's paths it refuses
 * nobody by itself, but goes by what the dialect reads and says. Thread-safe.
 */
public interface DialectAuthentication {
    /** Whether a path, below the context root, leads to the dialect. */
    boolean isAt(String path);

    /** What the dialect takes for credentials: nothing that browsers send by themselves, for origins are not asked here. */
    Credentials credentials(Credentials sent);

    /**
     * What a request is refused with here, as the JSON of a 401; empty if it goes on. Then it is the dialect's to refuse
     * an {@link Identity.Refused}.
     */
    Optional<String> refuses(Credentials shown, Identity identity);
}
