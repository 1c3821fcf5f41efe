package dev.lockstep.wire.livestore.operator;

import dev.lockstep.collection.Misconfiguration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The key of operators, {@code lockstep.operator.key}. {@link #toString} does not reveal it. Immutable. */
final class OperatorKey {
    static final String SETTING = "lockstep.operator.key";

    /** Shortest key, in characters: random ones of this length cannot be guessed. */
    static final int CHARACTERS_MIN = 32;

    private static final String BEARER = "bearer ";

    private final Optional<byte[]> key;

    private OperatorKey(Optional<byte[]> key) {
        this.key = key;
    }

    /**
     * The configured key.
     *
     * @throws Misconfiguration if it is too short
     */
    static OperatorKey of(Config config) {
        return of(config.getOptionalValue(SETTING, String.class));
    }

    static OperatorKey of(Optional<String> configured) {
        if (configured.filter(key -> key.length() < CHARACTERS_MIN).isPresent()) {
            throw new Misconfiguration(
                    SETTING + " is shorter than " + CHARACTERS_MIN + " characters: set a long random text.");
        }
        return new OperatorKey(configured.map(key -> key.getBytes(StandardCharsets.UTF_8)));
    }

    boolean isConfigured() {
        return key.isPresent();
    }

    /** Whether a header {@code Authorization} carries the key. Takes the same time wherever it differs. */
    boolean isIn(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        byte[] sent = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return key.filter(expected -> MessageDigest.isEqual(expected, sent)).isPresent();
    }

    @Override
    public String toString() {
        return isConfigured() ? "a key" : "no key";
    }
}
