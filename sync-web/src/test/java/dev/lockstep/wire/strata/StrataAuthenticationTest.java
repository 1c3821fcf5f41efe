package dev.lockstep.wire.strata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrataAuthenticationTest {
    private static final Identity ALICE =
            new Identity.Known(new Caller("tasks", Optional.of("alice"), Map.of(), Optional.empty()));

    private final StrataAuthentication entrance = new StrataAuthentication();

    private static Credentials upgrade(Map<String, List<String>> parameters) {
        return new Credentials(
                "tasks", true, Map.of("Authorization", List.of("Bearer header")), Map.of("c", "x"), parameters);
    }

    private static Credentials request(String authorization) {
        return new Credentials(
                "tasks",
                false,
                Map.of("Authorization", List.of(authorization), "X-Tenant", List.of("t")),
                Map.of("c", "x"),
                Map.of("token", List.of("query")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER \t abc "})
    @Tag("STR2")
    @DisplayName(
            "[STR2] the credential of a request is the bearer token of its header; cookies and address do not count")
    void headers(String authorization) {
        Credentials shown = entrance.credentials(request(authorization));

        assertThat(shown.header("Authorization")).contains("Bearer abc");
        assertThat(shown.header("X-Tenant")).contains("t");
        assertThat(shown.cookies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic abc", "Bearer", "Bearer a b", "abc", ""})
    @Tag("STR2")
    @DisplayName("[STR2] a header that is no bearer token carries no credential, and is refused after validation")
    void otherHeaders(String authorization) {
        Credentials shown = entrance.credentials(request(authorization));

        assertThat(shown.header("Authorization")).isEmpty();
        assertThat(entrance.refuses(shown, new Identity.None())).isEmpty();
        assertThat(entrance.refuses(shown, Identity.refused())).isEmpty();
    }

    @Test
    @Tag("STR3")
    @Tag("CS11")
    @DisplayName("[STR3][CS11] the credential of a handshake is the token of its address, or that of its header, and "
            + "no cookie")
    void upgrades() {
        Credentials shown = entrance.credentials(upgrade(Map.of("token", List.of("abc"))));

        assertThat(shown.header("Authorization")).contains("Bearer abc");
        assertThat(shown.cookies()).isEmpty();
        assertThat(entrance.credentials(upgrade(Map.of())).header("Authorization"))
                .contains("Bearer header");
        assertThat(entrance.credentials(upgrade(Map.of("token", List.of("")))).header("Authorization"))
                .contains("Bearer header");
    }

    @Test
    @Tag("STR3")
    @DisplayName("[STR3] a handshake without a token, or with a wrong one, is refused before the upgrade")
    void refusedUpgrades() {
        Credentials with = entrance.credentials(upgrade(Map.of("token", List.of("abc"))));
        Credentials inHeader = entrance.credentials(upgrade(Map.of()));
        Credentials without = entrance.credentials(new Credentials(
                "tasks", true, Map.of("Authorization", List.of("Basic YTpi")), Map.of(), Map.of("token", List.of(""))));

        assertThat(entrance.refuses(with, ALICE)).isEmpty();
        assertThat(entrance.refuses(inHeader, ALICE)).isEmpty();
        assertThat(entrance.refuses(inHeader, new Identity.None())).contains("{\"error\":\"Invalid token\"}");
        assertThat(entrance.refuses(with, Identity.refused())).contains("{\"error\":\"Invalid token\"}");
        assertThat(entrance.refuses(with, new Identity.None())).contains("{\"error\":\"Invalid token\"}");
        assertThat(entrance.refuses(without, new Identity.None())).contains("{\"error\":\"Token required\"}");
    }
}
