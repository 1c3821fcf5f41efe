package dev.lockstep.wire.identity.jwt;

import dev.lockstep.collection.Misconfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Settings of the verification of tokens. Names that begin with {@code mp.jwt} are those of MicroProfile JWT 2.1.
 *
 * @param secrets accepted secrets of HS256, {@code lockstep.jwt.secrets}
 * @param publicKey public key of RS256, ES256 or ES384, {@code mp.jwt.verify.publickey}: PEM, a JWK or a JWKS
 * @param location file, address or resource with such a key, {@code mp.jwt.verify.publickey.location}
 * @param issuer required issuer, {@code mp.jwt.verify.issuer}; empty for any
 * @param audiences accepted audiences, {@code mp.jwt.verify.audiences}; empty for any
 * @param clockSkew largest deviation of the issuer's clock, {@code mp.jwt.verify.clock.skew}, in seconds
 * @param cookie the cookie that may carry a token, {@code lockstep.jwt.cookie}
 * @param secretsLocation a file with more secrets, {@code lockstep.jwt.secrets.location}
 */
public record JwtSettings(
        List<String> secrets,
        Optional<String> publicKey,
        Optional<String> location,
        Optional<String> issuer,
        Set<String> audiences,
        Duration clockSkew,
        Optional<String> cookie,
        Optional<String> secretsLocation) {
    static final String SECRETS = "lockstep.jwt.secrets";
    static final String PUBLIC_KEY = "mp.jwt.verify.publickey";
    static final String LOCATION = "mp.jwt.verify.publickey.location";

    /** Shortest secret: one shorter than the hash is easier to guess (RFC 7518, section 3.2), and fails the start. */
    static final int SECRET_BYTES_MIN = 32;

    public JwtSettings {
        secrets = List.copyOf(secrets);
        audiences = Set.copyOf(audiences);
        requireLength(SECRETS, secrets);
    }

    /** @throws Misconfiguration if one is too short; the message does not contain it */
    static void requireLength(String where, List<String> secrets) {
        for (String secret : secrets) {
            int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < SECRET_BYTES_MIN) {
                throw new Misconfiguration("A secret in " + where + " has " + bytes + " bytes: it must have "
                        + SECRET_BYTES_MIN + " or more random bytes.");
            }
        }
    }

    static JwtSettings of(Config config) {
        return new JwtSettings(
                config.getOptionalValues(SECRETS, String.class).orElse(List.of()),
                config.getOptionalValue(PUBLIC_KEY, String.class),
                config.getOptionalValue(LOCATION, String.class),
                config.getOptionalValue("mp.jwt.verify.issuer", String.class),
                Set.copyOf(config.getOptionalValues("mp.jwt.verify.audiences", String.class)
                        .orElse(List.of())),
                Duration.ofSeconds(config.getOptionalValue("mp.jwt.verify.clock.skew", Integer.class)
                        .orElse(0)),
                config.getOptionalValue("lockstep.jwt.cookie", String.class),
                config.getOptionalValue(SecretsFile.LOCATION, String.class));
    }

    boolean hasKeys() {
        return !secrets.isEmpty() || secretsLocation.isPresent() || publicKey.isPresent() || location.isPresent();
    }
}
