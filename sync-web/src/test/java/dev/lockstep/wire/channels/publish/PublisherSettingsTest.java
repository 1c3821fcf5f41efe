package dev.lockstep.wire.channels.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PublisherSettingsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    @Test
    @Tag("CH15")
    @DisplayName("[CH15] each of several keys is accepted as bearer token, and nothing else is")
    void keys() {
        PublisherSettings settings = new PublisherSettings(List.of(KEY, OTHER), List.of());

        assertThat(settings.isKeyIn("Bearer " + KEY)).isTrue();
        assertThat(settings.isKeyIn("bearer " + OTHER)).isTrue();
        assertThat(settings.isKeyIn("Bearer " + KEY + "x")).isFalse();
        assertThat(settings.isKeyIn("Basic " + KEY)).isFalse();
        assertThat(settings.isKeyIn(KEY)).isFalse();
        assertThat(settings.isKeyIn(null)).isFalse();
        assertThat(settings).hasToString("2 keys, 0 addresses");
    }

    @Test
    @Tag("CH15")
    @DisplayName("[CH15] without a key and an address nobody may publish, not even with an empty token")
    void nobody() {
        PublisherSettings settings = new PublisherSettings(List.of(), List.of());

        assertThat(settings.isKeyIn("Bearer ")).isFalse();
        assertThat(settings.isAllowed("127.0.0.1")).isFalse();
        assertThat(settings.isAnyAllowed()).isFalse();
    }

    @Test
    @Tag("CH15")
    @DisplayName("[CH15] an allowed address counts in every notation, and no other address does")
    void addresses() {
        PublisherSettings settings = new PublisherSettings(List.of(), List.of("10.0.0.7", "fd00::7"));

        assertThat(settings.isAllowed("10.0.0.7")).isTrue();
        assertThat(settings.isAllowed("fd00:0:0:0:0:0:0:7")).isTrue();
        assertThat(settings.isAllowed("10.0.0.8")).isFalse();
        assertThat(settings.isAllowed("localhost")).isFalse();
    }

    @Test
    @Tag("CH15")
    @DisplayName("[CH15] a short key and a host name fail the start; the message tells no key")
    void misconfigured() {
        assertThatThrownBy(() -> new PublisherSettings(List.of("short"), List.of()))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("shorter than 32 characters")
                .hasMessageNotContaining("'short'");
        assertThatThrownBy(() -> new PublisherSettings(List.of(), List.of("localhost")))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("must be a numeric address");
    }
}
