package dev.lockstep.wire.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.identity.Identity;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.identity.TokenFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoseTokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OLDER_SECRET = "an-older-secret-of-enough-length";
    private static final KeyPair PAIR = TokenFixture.keyPair();
    private static final KeyPair OTHER_PAIR = TokenFixture.keyPair();
    private static final String RS256 = "{\"alg\":\"RS256\"}";

    private static JwtSettings settings(List<String> secrets, Optional<String> publicKey, int skewSeconds) {
        return new JwtSettings(
                secrets,
                publicKey,
                Optional.empty(),
                Optional.of("https://issuer.example"),
                Set.of("lockstep", "other"),
                Duration.ofSeconds(skewSeconds),
                Optional.empty(),
                Optional.empty());
    }

    private static JwtSettings both() {
        return settings(List.of(OLDER_SECRET, SECRET), Optional.of(TokenFixture.pem(PAIR)), 0);
    }

    private static Identity verified(String token) {
        return verified(token, both());
    }

    private static Identity verified(String token, JwtSettings settings) {
        JwksCache keys = new JwksCache(settings, () -> 0);
        return new JoseTokens(settings, () -> NOW)
                .verify("workshop", token, keys.valid())
                .identity();
    }

    private static String claims(String more) {
        return claims(more, 60);
    }

    private static String claims(String more, int endSeconds) {
        return "{\"sub\":\"alice\",\"iss\":\"https://issuer.example\",\"aud\":\"lockstep\",\"iat\":"
                + NOW.minusSeconds(60).getEpochSecond() + ",\"exp\":"
                + NOW.plusSeconds(endSeconds).getEpochSecond() + more + "}";
    }

    private static void assertRefused(String token) {
        assertThat(verified(token)).isEqualTo(Identity.refused());
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] a token's subject, claims and expiry become the caller's, for both algorithms and all secrets")
    void known() {
        for (String token : List.of(
                TokenFixture.hs256(SECRET, claims(",\"roles\":[\"reader\"]")),
                TokenFixture.hs256(OLDER_SECRET, claims(",\"roles\":[\"reader\"]")),
                TokenFixture.rs256(PAIR, RS256, claims(",\"roles\":[\"reader\"]")))) {
            assertThat(verified(token)).isInstanceOfSatisfying(Identity.Known.class, known -> {
                assertThat(known.caller().application()).isEqualTo("workshop");
                assertThat(known.caller().subject()).contains("alice");
                assertThat(known.caller().claims()).containsEntry("roles", List.of("reader"));
                assertThat(known.caller().expiry()).contains(NOW.plusSeconds(60));
                assertThat(known.issued()).contains(NOW.minusSeconds(60));
                assertThat(known.key()).isPresent();
            });
        }
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] alg none is refused, with and without a signature")
    void algorithmNone() {
        assertRefused(TokenFixture.unsigned("{\"alg\":\"none\"}", claims("")) + ".");
        assertRefused(TokenFixture.unsigned("{\"alg\":\"None\"}", claims("")) + ".");
        assertRefused(TokenFixture.withSecret(SECRET, "{\"alg\":\"none\"}", claims("")));
        assertRefused(TokenFixture.withSecret(SECRET, "{}", claims("")));
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] a key works for its own algorithm only: the public key is no secret")
    void algorithmsAreNotMixed() {
        String token = TokenFixture.withSecret(
                TokenFixture.pem(PAIR).getBytes(StandardCharsets.UTF_8), "{\"alg\":\"HS256\"}", claims(""));
        assertRefused(token);
        assertRefused(TokenFixture.withSecret(PAIR.getPublic().getEncoded(), "{\"alg\":\"HS256\"}", claims("")));
        assertRefused(TokenFixture.withSecret(SECRET, "{\"alg\":\"HS384\"}", claims("")));
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] another key's signature is refused, and so is a text that was changed later")
    void wrongKey() {
        assertRefused(TokenFixture.hs256("a-secret-that-this-server-has-not", claims("")));
        assertRefused(TokenFixture.rs256(OTHER_PAIR, RS256, claims("")));
        String good = TokenFixture.hs256(SECRET, claims(""));
        String other = TokenFixture.unsigned("{\"alg\":\"HS256\"}", claims(",\"admin\":true"));
        assertRefused(other + good.substring(good.lastIndexOf('.')));
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] a wrong or missing issuer or audience is refused")
    void wrongIssuerOrAudience() {
        String end = ",\"exp\":" + NOW.plusSeconds(60).getEpochSecond() + "}";
        assertRefused(TokenFixture.hs256(
                SECRET, "{\"sub\":\"a\",\"iss\":\"https://evil.example\",\"aud\":\"lockstep\"" + end));
        assertRefused(TokenFixture.hs256(SECRET, "{\"sub\":\"a\",\"aud\":\"lockstep\"" + end));
        assertRefused(
                TokenFixture.hs256(SECRET, "{\"sub\":\"a\",\"iss\":\"https://issuer.example\",\"aud\":\"shop\"" + end));
        assertRefused(TokenFixture.hs256(SECRET, "{\"sub\":\"a\",\"iss\":\"https://issuer.example\"" + end));
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] an expired token, one that is not valid yet, and one without an expiry are refused")
    void wrongTime() {
        assertRefused(TokenFixture.hs256(SECRET, claims("", 0)));
        assertRefused(TokenFixture.hs256(SECRET, claims("", -1)));
        assertRefused(TokenFixture.hs256(
                SECRET, claims(",\"nbf\":" + NOW.plusSeconds(1).getEpochSecond())));
        assertRefused(TokenFixture.hs256(
                SECRET, "{\"sub\":\"alice\",\"iss\":\"https://issuer.example\",\"aud\":\"lockstep\"}"));
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] an issuer's clock may differ by the configured tolerance")
    void clockSkew() {
        String late = TokenFixture.hs256(SECRET, claims("", -5));

        assertThat(verified(late, settings(List.of(SECRET), Optional.empty(), 10)))
                .isInstanceOf(Identity.Known.class);
        assertThat(verified(late, settings(List.of(SECRET), Optional.empty(), 4)))
                .isEqualTo(Identity.refused());
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] an unstorable or missing subject is refused, and so is a text that is no token")
    void unfit() {
        String end = ",\"iss\":\"https://issuer.example\",\"aud\":\"lockstep\",\"exp\":"
                + NOW.plusSeconds(60).getEpochSecond() + "}";
        assertRefused(TokenFixture.hs256(SECRET, "{\"sub\":\"" + "a".repeat(256) + "\"" + end));
        assertRefused(TokenFixture.hs256(SECRET, "{\"sub\":\"\"" + end));
        assertRefused(TokenFixture.hs256(SECRET, "{\"name\":\"alice\"" + end));
        for (String odd : List.of("", ".", "..", "a.b.c", "a.b.c.d.e", "\0", "{}")) {
            assertRefused(odd);
        }
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] a token that names its key is verified with that key only")
    void keyId() throws IOException {
        String set = "{\"keys\":[" + TokenFixture.jwk(PAIR, "one") + "," + TokenFixture.jwk(OTHER_PAIR, "two") + "]}";
        JwtSettings settings = settings(List.of(), Optional.of(set), 0);

        assertThat(verified(
                        TokenFixture.rs256(OTHER_PAIR, "{\"alg\":\"RS256\",\"kid\":\"two\"}", claims("")), settings))
                .isInstanceOf(Identity.Known.class);
        assertThat(verified(TokenFixture.rs256(OTHER_PAIR, RS256, claims("")), settings))
                .isInstanceOf(Identity.Known.class);
        assertThat(verified(
                        TokenFixture.rs256(OTHER_PAIR, "{\"alg\":\"RS256\",\"kid\":\"one\"}", claims("")), settings))
                .isEqualTo(Identity.refused());
    }

    @Test
    @Tag("ID2")
    @Tag("ID14")
    @DisplayName("[ID2][ID14] keys of the curves P-256 and P-384 verify ES256 and ES384, as PEM, JWK and in a set")
    void ellipticCurves() {
        for (int bits : List.of(256, 384)) {
            KeyPair pair = TokenFixture.ecKeyPair("secp" + bits + "r1");
            KeyPair other = TokenFixture.ecKeyPair("secp" + bits + "r1");
            String jwk = TokenFixture.ecJwk(pair, "P-" + bits, ",\"kid\":\"ec\"");
            String set = "{\"keys\":[" + TokenFixture.jwk(PAIR, "rsa") + "," + jwk + "]}";
            String header = "{\"alg\":\"ES" + bits + "\"}";
            for (String keys : List.of(TokenFixture.pem(pair), jwk, set)) {
                JwtSettings settings = settings(List.of(), Optional.of(keys), 0);
                assertThat(verified(TokenFixture.es(bits, pair, header, claims("")), settings))
                        .isInstanceOf(Identity.Known.class);
                assertThat(verified(TokenFixture.es(bits, other, header, claims("")), settings))
                        .isEqualTo(Identity.refused());
                assertThat(verified(TokenFixture.es(bits, pair, "{\"alg\":\"RS256\"}", claims("")), settings))
                        .isEqualTo(Identity.refused());
                assertThat(verified(
                                TokenFixture.withSecret(
                                        keys.getBytes(StandardCharsets.UTF_8), "{\"alg\":\"HS256\"}", claims("")),
                                settings))
                        .isEqualTo(Identity.refused());
            }
            JwtSettings settings = settings(List.of(), Optional.of(set), 0);
            String named = "{\"alg\":\"ES" + bits + "\",\"kid\":\"%s\"}";
            assertThat(verified(TokenFixture.es(bits, pair, named.formatted("ec"), claims("")), settings))
                    .isInstanceOf(Identity.Known.class);
            assertThat(verified(TokenFixture.es(bits, pair, named.formatted("rsa"), claims("")), settings))
                    .isEqualTo(Identity.refused());
            String empty = TokenFixture.unsigned(header, claims("")) + "." + TokenFixture.encoded(new byte[bits / 4]);
            assertThat(verified(empty, settings)).as("a signature of zeros").isEqualTo(Identity.refused());
        }
    }

    @Test
    @Tag("ID14")
    @DisplayName("[ID14] several keys may have the same kid, and a key without kid may match any token")
    void keysOfOneName() {
        KeyPair third = TokenFixture.keyPair();
        String nameless = TokenFixture.jwk(third, "x").replace("\"kid\":\"x\",", "");
        String set = "{\"keys\":[" + TokenFixture.jwk(PAIR, "same") + "," + TokenFixture.jwk(OTHER_PAIR, "same") + ","
                + nameless + "]}";
        JwtSettings settings = settings(List.of(), Optional.of(set), 0);
        for (KeyPair each : List.of(PAIR, OTHER_PAIR, third)) {
            assertThat(verified(TokenFixture.rs256(each, "{\"alg\":\"RS256\",\"kid\":\"same\"}", claims("")), settings))
                    .isInstanceOf(Identity.Known.class);
            assertThat(verified(TokenFixture.rs256(each, RS256, claims("")), settings))
                    .isInstanceOf(Identity.Known.class);
        }
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] a secret under 32 bytes, and an invalid key, fail the start; the message does not contain them")
    void misconfigured() {
        assertThatThrownBy(() -> settings(List.of(SECRET, "short"), Optional.empty(), 0))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("5 bytes")
                .hasMessageContaining("32")
                .message()
                .doesNotContain("short");
        JwtSettings noKey = settings(List.of(), Optional.of("no key"), 0);
        assertThatThrownBy(() -> new JwksCache(noKey, () -> 0))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("mp.jwt.verify.publickey");
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] a key removed from its file verifies no token; a broken file changes nothing")
    void rotation(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("keys.json");
        Files.writeString(file, "{\"keys\":[" + TokenFixture.jwk(PAIR, "one") + "]}");
        JwksCache keys = new JwksCache(
                new JwtSettings(
                        List.of(),
                        Optional.empty(),
                        Optional.of(file.toUri().toString()),
                        Optional.empty(),
                        Set.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty()),
                () -> 0);
        String name = keys.valid().getFirst().name();
        Files.writeString(file, "{\"keys\":[");
        keys.refresh();
        assertThat(keys.names()).contains(name);

        Files.writeString(file, "{\"keys\":[" + TokenFixture.jwk(OTHER_PAIR, "two") + "]}");
        keys.refresh();
        assertThat(keys.names()).doesNotContain(name);
        assertThat(keys.valid()).hasSize(1);
    }

    @Test
    @Tag("ID15")
    @DisplayName("[ID15] secrets in a file are read again: added ones are accepted, removed ones refused; a broken "
            + "file changes nothing")
    void secretsFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("secrets");
        Files.writeString(file, SECRET + "\n\n" + OLDER_SECRET + "\n");
        JwtSettings settings = new JwtSettings(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Duration.ZERO,
                Optional.empty(),
                Optional.of(file.toString()));
        assertThat(settings.hasKeys()).isTrue();
        JwksCache keys = new JwksCache(settings, () -> 0);
        JoseTokens tokens = new JoseTokens(settings, () -> NOW);
        String older = TokenFixture.hs256(OLDER_SECRET, claims(""));
        String newer = TokenFixture.hs256("a-newer-secret-of-enough-length!", claims(""));
        assertThat(tokens.verify("workshop", older, keys.valid()).signed()).isTrue();
        assertThat(tokens.verify("workshop", newer, keys.valid()).signed()).isFalse();

        for (String broken : List.of("", "\n", "short\n", SECRET + "\nshort", "x".repeat(SecretsFile.BYTES_MAX + 1))) {
            Files.writeString(file, broken);
            keys.refresh();
            assertThat(keys.valid()).hasSize(2);
        }
        Files.delete(file);
        keys.refresh();
        assertThat(keys.valid()).hasSize(2);

        Files.writeString(file, "a-newer-secret-of-enough-length!\n" + SECRET);
        keys.refresh();
        assertThat(tokens.verify("workshop", newer, keys.valid()).identity()).isInstanceOf(Identity.Known.class);
        assertThat(tokens.verify("workshop", older, keys.valid()).signed()).isFalse();
        assertThat(keys.names()).hasSize(2);
    }

    @Test
    @Tag("ID15")
    @DisplayName("[ID15] a file without secrets, or with a short one, fails the start; the message does not contain it")
    void secretsFileMisconfigured(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("secrets");
        Files.writeString(file, "short");
        for (String location : List.of(
                file.toString(), file.toUri().toString(), folder.resolve("none").toString())) {
            JwtSettings settings = new JwtSettings(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.of(location));
            assertThatThrownBy(() -> new JwksCache(settings, () -> 0))
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("lockstep.jwt.secrets.location")
                    .message()
                    .doesNotContain("short)");
        }
    }

    @Test
    @Tag("ID13")
    @DisplayName("[ID13] the development secret is generated once, readable by its owner only, and long enough")
    void developmentSecret(@TempDir Path folder) throws IOException {
        String made = DevelopmentSecret.in(folder.resolve("data"), new Random(1));
        String again = DevelopmentSecret.in(folder.resolve("data"), new Random(2));

        assertThat(again).isEqualTo(made);
        assertThat(settings(List.of(made), Optional.empty(), 0).secrets()).containsExactly(made);
        assertThat(Files.getPosixFilePermissions(folder.resolve("data").resolve(DevelopmentSecret.FILE)))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
}
