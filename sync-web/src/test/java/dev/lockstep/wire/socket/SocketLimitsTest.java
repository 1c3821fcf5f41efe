package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SocketLimitsTest {
    private static SocketLimits seconds(long ping, long idle, long write) {
        return new SocketLimits(Duration.ofSeconds(ping), Duration.ofSeconds(idle), Duration.ofSeconds(write));
    }

    @Test
    @Tag("WIRE2")
    @Tag("ROOM7")
    @DisplayName("[WIRE2][ROOM7] the defaults are a ping every 25 s, 60 s of silence and 30 s without progress")
    void defaults() {
        assertThat(SocketLimits.DEFAULTS).isEqualTo(seconds(25, 60, 30));
    }

    @Test
    @Tag("WIRE2")
    @DisplayName("[WIRE2] a limit that would close living sessions is refused with the valid range")
    void tooShort() {
        assertThat(seconds(1, 2, 1).writeTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> seconds(0, 60, 30))
                .hasMessage("lockstep.socket.ping-interval is PT0S: it must be at least PT1S");
        assertThatThrownBy(() -> seconds(25, 60, 0))
                .hasMessage("lockstep.socket.write-timeout is PT0S: it must be at least PT1S");
        assertThatThrownBy(() -> seconds(30, 59, 30))
                .hasMessage("lockstep.socket.idle-timeout is PT59S: it must be at least twice"
                        + " lockstep.socket.ping-interval, which is PT30S");
    }
}
