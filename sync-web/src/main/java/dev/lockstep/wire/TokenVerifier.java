package dev.lockstep.wire;

import dev.lockstep.api.Identity;

/** Knows callers by their tokens. Thread-safe; may block while it fetches keys. */
public interface TokenVerifier {
    /** Whether there is a key. Without one there are no tokens, and {@link #verify} refuses all. */
    boolean isConfigured();

    /** Whose token it is, for an application; or a refusal. */
    Identity verify(String application, String token);

    /** Whether a key still vouches for tokens. */
    boolean knows(String key);
}
