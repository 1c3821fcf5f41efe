package dev.lockstep.wire.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import dev.lockstep.wire.channels.subscription.ShownStamps;
import dev.lockstep.wire.channels.subscription.VersionedSubscription;
import dev.lockstep.wire.socket.ConnectionPolicy;
import dev.lockstep.wire.socket.RecordedConnection;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChannelsSessionTest {
    private static final long LONG = ChannelsSession.CHANNELLESS_MAX.toNanos();

    private static ChannelsSession session() {
        RecordedConnection connection = new RecordedConnection(
                new VersionedSubscription("todos", Seq.START), ConnectionPolicy.COMMON, Runnable::run, frame -> {});
        return new ChannelsSession(
                connection.connection(),
                new ChannelPolicy(),
                new ShownStamps(InstantSource.system()),
                mine -> message -> CompletableFuture.completedStage(null));
    }

    @Test
    @Tag("CH12")
    @DisplayName(
            "[CH12] a client of 2.0 that has asked for no channel 20 s after its handshake waits for a lost snapshot")
    void channelless() {
        long before = System.nanoTime();
        ChannelsSession session = session();
        long after = System.nanoTime();
        assertThat(session.isChannelless(after + LONG)).isFalse(); // not known to be of 2.0

        session.decide(true);
        assertThat(session.isChannelless(before + LONG - 1)).isFalse();
        assertThat(session.isChannelless(after + LONG)).isTrue();

        session.asked();
        assertThat(session.isChannelless(after + LONG)).isFalse();
    }

    @Test
    @Tag("CH12")
    @DisplayName("[CH12] a client 1.x asks for its channels with each connection; its pings are always answered")
    void unversioned() {
        ChannelsSession session = session();
        session.decide(false);

        assertThat(session.isChannelless(System.nanoTime() + LONG)).isFalse();
    }
}
