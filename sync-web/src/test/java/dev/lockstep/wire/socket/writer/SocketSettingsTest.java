package dev.lockstep.wire.socket.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SocketSettingsTest {
    @Test
    @Tag("WIRE3")
    @DisplayName("[WIRE3] the server determines the writer of sockets unless the setting does")
    void writers() {
        assertThat(SocketSettings.writer(Optional.empty())).isEqualTo(SocketSettings.Writer.AUTO);
        assertThat(SocketSettings.writer(Optional.of("jakarta"))).isEqualTo(SocketSettings.Writer.JAKARTA);
        assertThat(SocketSettings.writer(Optional.of("undertow"))).isEqualTo(SocketSettings.Writer.UNDERTOW);
    }

    @Test
    @Tag("WIRE3")
    @DisplayName("[WIRE3] an unknown writer is refused with the known ones")
    void unknown() {
        assertThatThrownBy(() -> SocketSettings.writer(Optional.of("netty")))
                .hasMessage("lockstep.socket.writer is netty: it must be auto, undertow or jakarta");
    }

    @Test
    @Tag("WIRE7")
    @DisplayName("[WIRE7] a coalescing interval that is noticeable or invalid is refused")
    void writeCoalescing() {
        assertThat(new SocketSettings(SocketSettings.Writer.AUTO, Duration.ZERO).writeCoalescing())
                .isZero();
        assertThatThrownBy(() -> new SocketSettings(SocketSettings.Writer.AUTO, Duration.ofSeconds(2)))
                .hasMessage("lockstep.socket.write-coalescing is PT2S: it must be between PT0S and PT1S");
        assertThatThrownBy(() -> new SocketSettings(SocketSettings.Writer.AUTO, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
