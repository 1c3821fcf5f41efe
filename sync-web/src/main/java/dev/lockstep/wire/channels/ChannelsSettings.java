package dev.lockstep.wire.channels;

import dev.lockstep.collection.Misconfiguration;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * Settings of the channels dialect.
 *
 * @param sessionSecrets the secrets of HS256 that sign session cookies, {@code lockstep.channels.session-secrets}. Without one,
 *     all session cookies are refused
 */
record ChannelsSettings(List<String> sessionSecrets) {
    static final String SESSION_SECRETS = "lockstep.channels.session-secrets";

    /** Shortest secret: one shorter than the hash is easier to guess (RFC 7518, section 3.2), and fails the start. */
    static final int SECRET_BYTES_MIN = 32;

    /** @throws Misconfiguration if a secret is too short; the message does not contain it */
    ChannelsSettings {
        sessionSecrets = List.copyOf(sessionSecrets);
        for (String secret : sessionSecrets) {
            int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < SECRET_BYTES_MIN) {
                throw new Misconfiguration("A secret in " + SESSION_SECRETS + " has " + bytes + " bytes: it must have "
                        + SECRET_BYTES_MIN + " or more random bytes.");
            }
        }
    }

    /** The configured settings. */
    static ChannelsSettings of(Config config) {
        return new ChannelsSettings(
                config.getOptionalValues(SESSION_SECRETS, String.class).orElse(List.of()));
    }
}
