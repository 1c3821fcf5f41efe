package dev.lockstep.wire.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import dev.lockstep.wire.channels.subscription.ShownStamps;
import dev.lockstep.wire.channels.subscription.VersionedSubscription;
import dev.lockstep.wire.socket.ConnectionPolicy;
import dev.lockstep.wire.socket.RecordedConnection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsSessionTest {
    private static final long LONG = ChannelsSession.CHANNELLESS_MAX.toNanos();

    private static RecordedConnection connection() {
        return new RecordedConnection(
                new VersionedSubscription("todos", Seq.START), ConnectionPolicy.COMMON, Runnable::run, frame -> {});
    }

    private static ChannelsSession session() {
        RecordedConnection connection = connection();
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("CH9")
    @DisplayName(
            "[CH9] an answer that cannot be made closes the socket, so that the client sends the mutation again; it is logged")
    void unanswered(boolean isError) {
        RecordedConnection connection = connection();
        List<String> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getLevel() + " " + entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(ChannelMutations.class.getName());
        log.addHandler(handler);
        try {
            ChannelMutations.answerOrClose(connection.connection(), () -> {
                if (isError) {
                    throw new NoClassDefFoundError("no answer");
                }
                throw new IllegalStateException("no answer");
            });
        } finally {
            log.removeHandler(handler);
        }

        assertThat(connection.closed()).containsExactly("1013 an answer could not be made; connect again");
        assertThat(logged).containsExactly("SEVERE A mutation could not be answered; its socket is closed");
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
