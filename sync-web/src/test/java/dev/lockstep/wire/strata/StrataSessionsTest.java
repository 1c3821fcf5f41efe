package dev.lockstep.wire.strata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.wire.socket.ConnectionPolicy;
import dev.lockstep.wire.socket.Frame;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StrataSessionsTest {
    @Test
    @Tag("STR18")
    @DisplayName(
            "[STR18] a silent session, or one without a readable backlog, is closed with 1011, in the contract's words")
    void closePolicy() {
        assertThat(StrataSessions.POLICY.silent()).isEqualTo(new ConnectionPolicy.Close(1011, "Heartbeat timeout"));
        assertThat(StrataSessions.POLICY.backlogUnreadableFrame().map(Frame::text))
                .contains("{\"message\":\"Replay failed\",\"type\":\"error\"}");
    }
}
