package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.metrics.MetricsFixture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {
    private final ScriptedWriter socket = ScriptedWriter.atOnce();
    private final Connection connection = new Connection(
            new SocketSession(
                    "7",
                    socket,
                    ConnectionPolicy.COMMON,
                    SocketLimits.DEFAULTS,
                    Runnable::run,
                    new MetricsFixture().metrics()),
            new SerialExecutor(Runnable::run),
            Caller.anonymous("workshop"),
            rooms -> Runnable::run);
    private final MessageAssembler messages = new MessageAssembler(10);

    private String add(String part, boolean last) {
        return messages.add(connection, part, last).orElse("incomplete");
    }

    @Test
    @Tag("LS2")
    @DisplayName("[LS2] a message is complete with its last part; the next one begins anew")
    void parts() {
        assertThat(add("0123456789", true)).isEqualTo("0123456789");
        assertThat(add("01234", false)).isEqualTo("incomplete");
        assertThat(add("", false)).isEqualTo("incomplete");
        assertThat(add("56789", true)).isEqualTo("0123456789");
        assertThat(add("", true)).isEmpty();
        assertThat(socket.closed()).isEmpty();
    }

    @Test
    @Tag("LS2")
    @DisplayName("[LS2] a message that is too long closes the socket with 1009, once, before it is complete")
    void tooLong() {
        add("01234567", false);
        assertThat(add("890", false)).isEqualTo("incomplete");
        assertThat(socket.closed()).containsExactly("1009 a message is too long");

        assertThat(add("1", true)).isEqualTo("incomplete");
        add("01234567890", true);
        assertThat(socket.closed()).hasSize(1);
    }
}
