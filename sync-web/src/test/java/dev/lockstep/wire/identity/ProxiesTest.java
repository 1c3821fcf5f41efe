package dev.lockstep.wire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProxiesTest {
    private static final Proxies SOME = new Proxies(Set.of("10.1.0.0/16", "192.0.2.7", "fd00::/8"));
    private static final Map<String, String> OLDER =
            Map.of("X-Forwarded-Proto", "https", "X-Forwarded-Host", "app.example");

    private static String target(Proxies proxies, String remote, Map<String, String> headers) {
        return proxies.target(remote, "http", "inside:8080", name -> Optional.ofNullable(headers.get(name)));
    }

    @Test
    @Tag("ID6")
    @DisplayName("[ID6] forwarding headers count from a trusted proxy, by address or range")
    void trusted() {
        assertThat(target(SOME, "10.1.255.3", OLDER)).isEqualTo("https://app.example");
        assertThat(target(SOME, "192.0.2.7", OLDER)).isEqualTo("https://app.example");
        assertThat(target(SOME, "fd12:3456::1", OLDER)).isEqualTo("https://app.example");
        assertThat(target(
                        SOME,
                        "10.1.0.1",
                        Map.of("Forwarded", "for=1.2.3.4;Proto=https;host=\"app.example:8443\";by=x")))
                .isEqualTo("https://app.example:8443");
    }

    @Test
    @Tag("ID6")
    @DisplayName("[ID6] forwarding headers from other addresses do not count")
    void spoofed() {
        assertThat(target(SOME, "10.2.0.1", OLDER)).isEqualTo("http://inside:8080");
        assertThat(target(SOME, "192.0.2.8", OLDER)).isEqualTo("http://inside:8080");
        assertThat(target(SOME, "fe00::1", OLDER)).isEqualTo("http://inside:8080");
        assertThat(target(SOME, "", OLDER)).isEqualTo("http://inside:8080");
        assertThat(target(new Proxies(Set.of()), "127.0.0.1", OLDER)).isEqualTo("http://inside:8080");
    }

    @Test
    @Tag("ID6")
    @DisplayName("[ID6] the last of several values counts: the proxy itself has added it")
    void several() {
        assertThat(target(
                        SOME,
                        "10.1.0.1",
                        Map.of("X-Forwarded-Host", "evil.example, app.example", "X-Forwarded-Proto", "http,https")))
                .isEqualTo("https://app.example");
        assertThat(target(
                        SOME,
                        "10.1.0.1",
                        Map.of("Forwarded", "host=evil.example;proto=http, host=app.example;proto=https")))
                .isEqualTo("https://app.example");
    }

    @Test
    @Tag("ID6")
    @DisplayName("[ID6] an invalid proxy address fails the start with a clear message")
    void misconfigured() {
        for (String wrong : Set.of("proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "300.1.1.1", "")) {
            assertThatThrownBy(() -> new Proxies(Set.of(wrong)))
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("lockstep.proxies.trusted holds '" + wrong + "'");
        }
    }
}
