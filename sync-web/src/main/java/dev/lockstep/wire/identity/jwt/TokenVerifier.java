package dev.lockstep.wire.identity.jwt;

import dev.lockstep.api.identity.Identity;
import java.util.Set;

/** Verifier of callers' tokens. Thread-safe; {@link #verify} may block for 1 s while keys are fetched. */
public interface TokenVerifier {
    /** Whether a key is configured. Without one {@link #verify} refuses all tokens. */
    boolean isConfigured();

    /** The identity of a token in an application, or a refusal. */
    Identity verify(String application, String token);

    /** The names of the valid keys. */
    Set<String> keys();
}
