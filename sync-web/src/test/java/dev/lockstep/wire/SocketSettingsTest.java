package dev.lockstep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SocketSettingsTest {
    @Test
    @DisplayName("[WIRE3] the server decides how sockets are written, unless the setting says it")
    void writers() {
        assertThat(SocketSettings.of(Optional.empty()).writer()).isEqualTo(SocketSettings.Writer.AUTO);
        assertThat(SocketSettings.of(Optional.of("jakarta")).writer()).isEqualTo(SocketSettings.Writer.JAKARTA);
        assertThat(SocketSettings.of(Optional.of("undertow")).writer()).isEqualTo(SocketSettings.Writer.UNDERTOW);
    }

    @Test
    @DisplayName("[WIRE3] a writer that there is not is refused, with those that there are")
    void unknown() {
        assertThatThrownBy(() -> SocketSettings.of(Optional.of("netty")))
                .hasMessage("lockstep.socket.writer is netty: it must be auto, undertow or jakarta");
    }
}
