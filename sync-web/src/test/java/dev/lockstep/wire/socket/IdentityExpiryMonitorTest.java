package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.metrics.MetricsFixture;
import dev.lockstep.wire.identity.AuthenticatedIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IdentityExpiryMonitorTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String CLOSED = "4401 sign in again";

    private final List<Connection> open = new ArrayList<>();
    private Instant now = NOW;
    private Set<String> keys = Set.of("k1");
    private Optional<String> revoked = Optional.empty();
    private int asked;
    private final IdentityExpiryMonitor watch = new IdentityExpiryMonitor(open, this::holds, () -> keys, () -> now);

    private boolean holds(AuthenticatedIdentity identity) {
        asked++;
        Caller caller = identity.known().caller();
        return caller.expiry().filter(end -> !now.isBefore(end)).isEmpty()
                && identity.known().key().filter(key -> !keys.contains(key)).isEmpty()
                && (revoked.isEmpty() || !revoked.equals(caller.subject()));
    }

    /** A monitored socket of a caller. */
    private ScriptedWriter socket(String subject, Optional<Instant> expiry, Optional<String> key) {
        ScriptedWriter writer = ScriptedWriter.atOnce();
        Connection socket = new Connection(
                new SocketSession(
                        subject,
                        writer,
                        ConnectionPolicy.COMMON,
                        SocketLimits.DEFAULTS,
                        Runnable::run,
                        new MetricsFixture().metrics()),
                new SerialExecutor(Runnable::run),
                Caller.anonymous("workshop"),
                rooms -> Runnable::run);
        Caller caller = new Caller("workshop", Optional.of(subject), Map.of(), expiry);
        socket.authenticate(new AuthenticatedIdentity(new Identity.Known(caller, Optional.of(NOW), key), NOW));
        open.add(socket);
        watch.watch(socket);
        return writer;
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] each socket is closed when its own identity expires")
    void expires() {
        ScriptedWriter late = socket("late", Optional.of(NOW.plusSeconds(20)), Optional.empty());
        ScriptedWriter early = socket("early", Optional.of(NOW.plusSeconds(10)), Optional.empty());
        now = NOW.plusSeconds(10);
        watch.check();
        assertThat(early.closed()).containsExactly(CLOSED);
        assertThat(late.closed()).isEmpty();

        now = NOW.plusSeconds(20);
        watch.check();
        assertThat(late.closed()).containsExactly(CLOSED);
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] a socket is closed when its key is removed")
    void keyTakenAway() {
        ScriptedWriter first = socket("first", Optional.empty(), Optional.of("k1"));
        ScriptedWriter keyless = socket("keyless", Optional.empty(), Optional.empty());
        keys = Set.of("k2");
        watch.check();

        assertThat(first.closed()).containsExactly(CLOSED);
        assertThat(keyless.closed()).isEmpty();
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] a socket whose user was revoked before it was registered is closed at its registration")
    void revokedMeanwhile() {
        revoked = Optional.of("gone");

        assertThat(socket("gone", Optional.empty(), Optional.empty()).closed()).containsExactly(CLOSED);
        assertThat(socket("stays", Optional.empty(), Optional.empty()).closed()).isEmpty();
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] while no identity has ended, no socket is checked")
    void asksNobody() {
        socket("somebody", Optional.of(NOW.plusSeconds(10)), Optional.of("k1"));
        asked = 0;
        now = NOW.plusSeconds(9);
        watch.check();
        assertThat(asked).isZero();

        watch.closeEnded();
        assertThat(asked).isEqualTo(1);
    }
}
