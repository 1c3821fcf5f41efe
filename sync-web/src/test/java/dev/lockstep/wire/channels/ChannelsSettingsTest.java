package dev.lockstep.wire.channels;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChannelsSettingsTest {
    @Test
    @Tag("CH13")
    @DisplayName("[CH13] a secret of less than 32 bytes fails the start; the message does not contain it")
    void secrets() {
        assertThatThrownBy(() -> new ChannelsSettings(List.of("too short")))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("lockstep.channels.session-secrets")
                .hasMessageNotContaining("too short");
    }
}
