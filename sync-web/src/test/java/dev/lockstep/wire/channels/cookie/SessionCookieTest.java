package dev.lockstep.wire.channels.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Identity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The three formats of the cookie {@code sf_session}. */
class SessionCookieTest {
    private static final String SECRET = "a secret of at least 32 bytes, for tests";
    private static final Instant NOW = Instant.parse("2026-11-30T05:00:00Z");
    private static final long SOON = NOW.getEpochSecond() + 60;
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String token(String header, String claims, String secret) {
        String signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(String claims) {
        return token(HEADER, claims, SECRET);
    }

    private static String user(String json) {
        return URLEncoder.encode(
                Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static Identity identify(String cookie) {
        return SessionCookie.identify("todos", cookie, List.of(SECRET), NOW);
    }

    private static Optional<Caller> caller(String cookie) {
        return identify(cookie) instanceof Identity.Known known ? Optional.of(known.caller()) : Optional.empty();
    }

    @Test
    @Tag("CH13")
    @DisplayName("[CH13] of the oldest format, only what the token vouches for counts: the id, and nothing of the user")
    void oldest() {
        String cookie = user("{\"id\":\"u2\",\"role\":\"admin\",\"token\":\"" + token("{\"id\":\"u2\"}") + "\"}");

        assertThat(caller(cookie))
                .contains(new Caller("todos", Optional.of("u2"), Map.of("id", "u2"), Optional.empty()));
    }

    @Test
    @Tag("CH13")
    @DisplayName("[CH13] a token of one user beside the id of another is refused")
    void forged() {
        assertThat(identify(user("{\"id\":\"u1\",\"token\":\"" + token("{\"id\":\"u2\"}") + "\"}")))
                .isInstanceOf(Identity.Refused.class);
        assertThat(identify(user("{\"token\":\"" + token("{\"id\":\"u2\"}") + "\"}")))
                .isInstanceOf(Identity.Refused.class);
    }

    @Test
    @Tag("CH13")
    @DisplayName("[CH13] the cookie of version 1.4.4 is a token with a user")
    void token144() {
        assertThat(caller(token("{\"user\":{\"id\":\"u1\",\"name\":\"Ada\"},\"exp\":" + SOON + "}")))
                .contains(new Caller(
                        "todos",
                        Optional.of("u1"),
                        Map.of("id", "u1", "name", "Ada"),
                        Optional.of(Instant.ofEpochSecond(SOON))));
    }

    @Test
    @Tag("CH13")
    @DisplayName("[CH13] the cookie of version 2 has all its claims, and its user is its subject")
    void version2() {
        String claims =
                "{\"v\":2,\"subject\":\"u1\",\"user\":{\"id\":\"u1\"},\"claims\":{},\"iat\":1,\"exp\":" + SOON + "}";
        assertThat(identify(token(claims)))
                .isEqualTo(new Identity.Known(
                        new Caller(
                                "todos",
                                Optional.of("u1"),
                                Map.of("id", "u1"),
                                Optional.of(Instant.ofEpochSecond(SOON))),
                        Optional.of(Instant.ofEpochSecond(1)),
                        Optional.empty()));
        for (String without : List.of("\"subject\":\"u1\",", "\"claims\":{},", "\"iat\":1,", ",\"exp\":" + SOON)) {
            assertThat(identify(token(claims.replace(without, "")))).isInstanceOf(Identity.Refused.class);
        }
        assertThat(identify(token(claims.replace("\"id\":\"u1\"", "\"id\":\"u2\""))))
                .isInstanceOf(Identity.Refused.class);
        assertThat(identify(token(claims.replace("\"v\":2", "\"v\":3")))).isInstanceOf(Identity.Refused.class);
    }

    @Test
    @Tag("CH13")
    @DisplayName("[CH13] an expired token, another secret, another algorithm and another type are refused")
    void refused() {
        String claims = "{\"user\":{\"id\":\"u1\"}}";
        assertThat(identify(token("{\"user\":{\"id\":\"u1\"},\"exp\":" + NOW.getEpochSecond() + "}")))
                .isInstanceOf(Identity.Refused.class);
        assertThat(identify(token("{\"user\":{\"id\":\"u1\"},\"exp\":\"never\"}")))
                .isInstanceOf(Identity.Refused.class);
        assertThat(identify(token(HEADER, claims, SECRET + "!"))).isInstanceOf(Identity.Refused.class);
        assertThat(identify(token("{\"alg\":\"none\",\"typ\":\"JWT\"}", claims, SECRET)))
                .isInstanceOf(Identity.Refused.class);
        assertThat(identify(token("{\"alg\":\"HS256\"}", claims, SECRET))).isInstanceOf(Identity.Refused.class);
        assertThat(caller(token(claims))).isPresent();
        assertThat(SessionCookie.identify("todos", token(claims), List.of(), NOW))
                .isInstanceOf(Identity.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "..", "%", "%zz", "e30=", "bnVsbA=="})
    @Tag("CH13")
    @DisplayName("[CH13] a cookie that is none of the formats is refused")
    void malformed(String cookie) {
        assertThat(identify(cookie)).isInstanceOf(Identity.Refused.class);
    }
}
