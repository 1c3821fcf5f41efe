package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.metrics.MetricsFixture;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private final MetricsFixture counted = new MetricsFixture();
    private final ScriptedWriter socket = ScriptedWriter.atOnce();
    private final SocketSession session = new SocketSession(
            "7", socket, ConnectionPolicy.COMMON, SocketLimits.DEFAULTS, Runnable::run, counted.metrics());
    private final Connection open = new Connection(
            session, new SerialExecutor(Runnable::run), Caller.anonymous("workshop"), rooms -> Runnable::run);

    /** One step is running, and does not end; the others wait. */
    private void askFor(int waiting) {
        for (int i = 0; i < 1 + waiting; i++) {
            open.enqueue(CompletableFuture::new);
        }
    }

    private double cutOffs() {
        return counted.value("lockstep_sessions_disconnected", "reason", "too_many_requests");
    }

    @Test
    @Tag("WIRE1")
    @DisplayName("[WIRE1] a session that exceeds its queue is closed with 4008, once, and counted")
    void asksTooFast() {
        askFor(SerialExecutor.WAITING_MAX);
        assertThat(socket.closed()).isEmpty();

        open.enqueue(CompletableFuture::new);
        open.enqueue(CompletableFuture::new);
        assertThat(socket.closed()).containsExactly("4008 requests arrive faster than they are answered; reconnect");
        assertThat(cutOffs()).isEqualTo(1);
    }

    @Test
    @Tag("WIRE1")
    @DisplayName("[WIRE1] requests of a closed socket are dropped without a fault")
    void gone() {
        askFor(SerialExecutor.WAITING_MAX);
        open.closed();
        open.enqueue(CompletableFuture::new);

        assertThat(socket.closed()).isEmpty();
        assertThat(cutOffs()).isZero();
    }
}
