package dev.lockstep.wire.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.identity.TokenFixture;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicKeysTest {
    private static final KeyPair RSA = TokenFixture.keyPair();
    private static final KeyPair P256 = TokenFixture.ecKeyPair("secp256r1");
    private static final KeyPair P521 = TokenFixture.ecKeyPair("secp521r1");

    private static String with(String jwk, String more) {
        return jwk.substring(0, jwk.length() - 1) + more + "}";
    }

    private static String reason(String jwk) throws IOException {
        PublicKeys found = PublicKeys.of("{\"keys\":[" + jwk + "," + TokenFixture.jwk(RSA, "good") + "]}");
        assertThat(found.usable()).as("the others are used").hasSize(1);
        assertThat(found.unusable()).hasSize(1);
        return found.unusable().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",\"use\":\"enc\"|kid=k: its use is 'enc'",
                ",\"key_ops\":[\"encrypt\",\"wrapKey\"]|kid=k: its key_ops are [encrypt, wrapKey]",
                ",\"alg\":\"RS512\"|kid=k: its alg is 'RS512'",
                ",\"alg\":\"RSA-OAEP\"|kid=k: its alg is 'RSA-OAEP'",
                ",\"alg\":\"ES256\"|kid=k: its alg is 'ES256'",
            })
    @Tag("ID14")
    @DisplayName("[ID14] use, key_ops and alg of a key count; each unusable key is reported with the reason")
    void saysOtherwise(String more, String reason) throws IOException {
        assertThat(reason(with(TokenFixture.jwk(RSA, "k"), more))).startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {",\"use\":\"sig\"|", ",\"key_ops\":[\"verify\"]|", ",\"alg\":\"RS256\"|"})
    @Tag("ID14")
    @DisplayName("[ID14] a key declared for signatures is used")
    void saysSo(String more, String nothing) throws IOException {
        assertThat(PublicKeys.of(with(TokenFixture.jwk(RSA, "k"), more)).usable())
                .hasSize(1);
    }

    @Test
    @Tag("ID14")
    @DisplayName("[ID14] secrets, other kinds of keys and curves, and unreadable keys are reported with the reason")
    void others() throws IOException {
        assertThat(reason("{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T\"}"))
                .startsWith("kid=s: it is a secret")
                .doesNotContain("AyM1");
        assertThat(reason("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"o\",\"x\":\"11qYAYKxCrfVS\"}"))
                .startsWith("kid=o: its kty is 'OKP'");
        assertThat(reason(TokenFixture.ecJwk(P521, "P-521", ",\"kid\":\"e\""))).startsWith("kid=e: its curve");
        assertThat(reason("{\"kty\":\"RSA\",\"kid\":\"r\"}")).startsWith("kid=r: it cannot be read");
        assertThat(reason("{\"kid\":\"n\"}")).startsWith("kid=n: its kty is ''");
        assertThat(reason("{\"kty\":\"RSA\"}")).startsWith("a key without kid: ");
        assertThat(reason("7")).startsWith("a member of the set that is not an object");
    }

    @Test
    @Tag("ID14")
    @DisplayName("[ID14] a start without a usable key fails with the reasons")
    void noneUsable() {
        JwtSettings settings = new JwtSettings(
                List.of(),
                Optional.of("{\"keys\":["
                        + with(TokenFixture.ecJwk(P256, "P-256", ""), ",\"kid\":\"e\",\"use\":\"enc\"") + "]}"),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> new JwksCache(settings, () -> 0))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("mp.jwt.verify.publickey")
                .hasMessageContaining("kid=e: its use is 'enc'");
    }
}
