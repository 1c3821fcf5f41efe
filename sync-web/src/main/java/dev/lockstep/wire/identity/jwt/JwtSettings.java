package dev.lockstep.wire.identity.jwt;

import dev.lockstep.collection.Misconfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Which tokens are taken. The names that begin with {@code mp.jwt} are those of MicroProfile JWT 2.1.
 *
 * @param secrets of HS256, {@code lockstep.jwt.secrets}; each of them is good
 * @param publicKey of RS256, ES256 or ES384, {@code mp.jwt.verify.publickey}: PEM, a JWK, or a set of them
 * @param location where such a key is to be found, {@code mp.jwt.verify.publickey.location}
 * @param issuer who must have made a token, {@code mp.jwt.verify.issuer}; empty for anybody with the key
 * @param audiences for one of which it must be, {@code mp.jwt.verify.audiences}; none for any
 * @param clockSkew how far the issuer's clock may be off, {@code mp.jwt.verify.clock.skew}, in seconds
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

    /** Shortest secret: a shorter one than the hash is guessed sooner (RFC 7518, section 3.2). The start fails with it. */
    static final int SECRET_BYTES_MIN = 32;

    public JwtSettings {
        secrets = List.copyOf(secrets);
        audiences = Set.copyOf(audiences);
        requireLength(SECRETS, secrets);
    }

    /** @throws Misconfiguration if one is too short; it is not told */
    static void requireLength(String where, List<String> secrets) {
        for (String secret : secrets) {
            int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < SECRET_BYTES_MIN) {
                throw new Misconfiguration("A secret in " + where + " has " + bytes + " bytes: it must have "
                        + SECRET_BYTES_MIN + " or more, made at random.");
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
