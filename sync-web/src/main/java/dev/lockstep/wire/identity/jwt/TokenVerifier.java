package dev.lockstep.wire.identity.jwt;

import dev.lockstep.api.identity.Identity;
import java.util.Set;

/** Knows callers by their tokens. Thread-safe; may block while it fetches keys. */
public interface TokenVerifier {
    /** Whether there is a key. Without one there are no tokens, and {@link #verify} refuses all. */
    boolean isConfigured();

    /** Whose token it is, for an application; or a refusal. */
    Identity verify(String application, String token);

    /** The names of the keys that vouch for tokens. */
    Set<String> keys();
}
