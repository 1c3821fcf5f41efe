package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Credentials;
import java.util.Locale;
import java.util.Optional;

/** The header {@code Authorization}: a case-insensitive scheme and its value (RFC 9110, section 11.4). */
final class Authorization {
    private Authorization() {}

    /** The value of a scheme; empty if the header is missing or has another scheme. */
    static Optional<String> of(Credentials credentials, String scheme) {
        String prefix = scheme.toLowerCase(Locale.ROOT) + " ";
        return credentials
                .header("Authorization")
                .map(String::strip)
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(value -> value.substring(prefix.length()).strip());
    }
}
