package dev.lockstep.wire.livestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.livestore.rpc.StoreAddress.Transport;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LiveStoreSettingsTest {
    private static LiveStoreSettings of(Map<String, String> values) {
        return LiveStoreSettings.of((Config) Proxy.newProxyInstance(
                LiveStoreSettingsTest.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, given) -> {
                    Optional<String> value = Optional.ofNullable(values.get(String.valueOf(given[0])));
                    return method.getName().equals("getOptionalValues")
                            ? value.map(text -> List.of(text.split(",", -1)))
                            : value.map(text -> given[1] == Boolean.class ? (Object) Boolean.valueOf(text) : text);
                }));
    }

    @Test
    @Tag("LS1")
    @Tag("LS12")
    @DisplayName("[LS1][LS12] by default both transports are served, and no setting opens anything")
    void defaults() {
        assertThat(of(Map.of()))
                .isEqualTo(new LiveStoreSettings(
                        Set.of(Transport.WS, Transport.HTTP),
                        false,
                        Map.of(),
                        Set.of(),
                        "authToken",
                        Optional.empty()));
    }

    @Test
    @Tag("LS1")
    @Tag("LS11")
    @Tag("LS12")
    @DisplayName("[LS1][LS11][LS12] every setting is read")
    void all() {
        LiveStoreSettings settings = of(Map.of(
                "lockstep.livestore.transports", "http",
                "lockstep.livestore.cors", "true",
                "lockstep.livestore.response-headers", "X-One=a,X-Two=b=c",
                "lockstep.livestore.forwarded-headers", "Cookie, X-Tenant",
                "lockstep.livestore.token-member", "token",
                "lockstep.livestore.secret", "s3cret"));
        assertThat(settings.transports()).containsExactly(Transport.HTTP);
        assertThat(settings.isOpenToAllOrigins()).isTrue();
        assertThat(settings.responseHeaders()).isEqualTo(Map.of("X-One", "a", "X-Two", "b=c"));
        assertThat(settings.forwardedHeaders()).containsExactlyInAnyOrder("cookie", "x-tenant");
        assertThat(settings.tokenMember()).isEqualTo("token");
        assertThat(settings.secret()).contains("s3cret");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    @Tag("LS1")
    @Tag("LS12")
    @DisplayName("[LS1][LS12] an unknown transport and a header without a value are refused with the cure")
    void invalid() {
        assertThatThrownBy(() -> of(Map.of("lockstep.livestore.transports", "ws,tcp")))
                .hasMessage("lockstep.livestore.transports names tcp: it must name ws, http or both");
        assertThatThrownBy(() -> of(Map.of("lockstep.livestore.response-headers", "X-One")))
                .hasMessageStartingWith("lockstep.livestore.response-headers has the part 'X-One'");
    }

    @Test
    @Tag("LS10")
    @DisplayName("[LS10] the secret of the examples is the default in development, and refused in production")
    void exampleSecret() {
        assertThat(of(Map.of("lockstep.profile", "development")).secret()).contains("insecure-token-change-me");
        assertThatThrownBy(() -> of(Map.of("lockstep.livestore.secret", "insecure-token-change-me")))
                .isInstanceOf(Misconfiguration.class);
    }
}
