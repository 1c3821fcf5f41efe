package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.MetricsFixture;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.FeedFixture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LogBacklogTest {
    private static final Encoder<List<Frame>> PLACES = LogBacklogTest::places;

    private final ScriptedWriter socket = ScriptedWriter.atOnce();
    private final Log log = new Log();
    private final Deque<Subscription> subscriptions = new ArrayDeque<>();

    private static List<Frame> places(Commit commit) {
        return List.of(new Frame(commit.last().toString()));
    }

    /** A log whose pages arrive when the test releases them. */
    private static final class Log implements Backlog.Source {
        private final List<String> asked = new ArrayList<>();
        private CompletableFuture<BacklogRead<List<Frame>>> page = new CompletableFuture<>();
        private int rejoined;

        @Override
        public CompletionStage<BacklogRead<List<Frame>>> missed(Seq after, Seq upTo, Encoder<List<Frame>> encoder) {
            asked.add(after + ".." + upTo);
            page = new CompletableFuture<>();
            return page;
        }

        @Override
        public void rejoin() {
            rejoined++;
        }

        /** The page holds these positions, one commit each. */
        void answer(long first, long last) {
            page.complete(new BacklogRead.Page<>(
                    LongStream.rangeClosed(first, last)
                            .mapToObj(place -> List.of(new Frame(Long.toString(place))))
                            .toList(),
                    new Seq(last)));
        }

        void lost() {
            page.complete(new BacklogRead.Lost<>());
        }

        void fail() {
            page.completeExceptionally(new IllegalStateException("as the test wants it"));
        }
    }

    private SocketSession sessionFrom(long cursor) {
        ProtocolFixture protocol = ProtocolFixture.resuming(PLACES, cursor)
                .continued()
                .withGreeting(at -> new Frame("hello " + at.position()));
        SocketSession session = new SocketSession(
                "7",
                socket,
                ConnectionPolicy.COMMON,
                SocketLimits.DEFAULTS,
                Runnable::run,
                new MetricsFixture().metrics());
        subscriptions.add(session.add(protocol, Runnable::run));
        return session;
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] the hello frame is followed by the pages of the backlog, then by the feed from its beginning")
    void catchesUp() {
        FeedFixture feed = new FeedFixture(10);
        feed.append(5);
        SocketSession session = sessionFrom(1);
        subscriptions.element().onJoined(feed.joinedNow());
        feed.append(1);
        session.onAvailable();
        assertThat(log.asked).isEmpty(); // it has not joined yet
        subscriptions.element().startBacklog(log);
        log.answer(2, 3);
        assertThat(socket.sent()).containsExactly("hello 5", "2", "3");
        log.answer(4, 5);

        assertThat(socket.sent()).containsExactly("hello 5", "2", "3", "4", "5", "6");
        assertThat(log.asked).containsExactly("1..5", "3..5");
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] a live commit before the cursor is not sent again")
    void aheadOfTheRooms() {
        FeedFixture feed = new FeedFixture(10);
        feed.append(3);
        SocketSession session = sessionFrom(5);
        subscriptions.element().onJoined(feed.joinedNow());
        subscriptions.element().startBacklog(log);
        log.answer(6, 5);
        feed.append(3);
        session.onAvailable();

        assertThat(socket.sent()).containsExactly("hello 3", "6");
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] if the log lacks the backlog, the session receives one notice and continues with the feed")
    void lost() {
        FeedFixture feed = new FeedFixture(10);
        feed.append(5);
        SocketSession session = sessionFrom(1);
        subscriptions.element().onJoined(feed.joinedNow());
        subscriptions.element().startBacklog(log);
        log.lost();
        feed.append(1);
        session.onAvailable();

        assertThat(socket.sent()).containsExactly("hello 5", "lost at 5", "6");
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] a session that falls off the ring reads on from the log, and joins the ring again")
    void fallsOffTheRing() {
        FeedFixture feed = new FeedFixture(2);
        SocketSession session = sessionFrom(0);
        subscriptions.element().onJoined(feed.joinedNow());
        subscriptions.element().startBacklog(log);
        feed.append(5); // while the first page is read
        log.answer(1, 0);
        assertThat(socket.closed()).isEmpty();
        assertThat(log.rejoined).isEqualTo(1);
        subscriptions.element().onJoined(feed.joinedNow());
        log.answer(1, 5);
        feed.append(1);
        session.onAvailable();

        assertThat(socket.sent()).containsExactly("hello 0", "1", "2", "3", "4", "5", "6");
    }

    private void resumeWithPurge(SocketSession session) {
        assertThat(subscriptions.element().purge(TASKS)).isTrue();
        session.resume();
    }

    private static final Set<CollectionName> TASKS = Set.of(new CollectionName("tasks"));

    @Test
    @Tag("ACC19")
    @DisplayName("[ACC19] during an evaluation of rights nothing is sent; then the purge is sent, and delivery resumes")
    void paused() {
        FeedFixture feed = new FeedFixture(10);
        SocketSession session = sessionFrom(0);
        subscriptions.element().onJoined(feed.joinedNow());
        subscriptions.element().startBacklog(log);
        log.answer(1, 0);
        feed.append(1);
        session.onAvailable();
        session.pause();
        feed.append(1);
        session.onAvailable();
        assertThat(socket.sent()).containsExactly("hello 0", "1");
        session.pause();
        resumeWithPurge(session);
        assertThat(socket.sent()).containsExactly("hello 0", "1");
        session.resume();
        feed.append(1);
        session.onAvailable();

        assertThat(socket.sent()).containsExactly("hello 0", "1", "purge tasks", "2", "3");
    }

    @Test
    @Tag("ACC19")
    @DisplayName("[ACC19] a page that was read with the earlier rights is read again")
    void pausedDuringBacklog() {
        FeedFixture feed = new FeedFixture(10);
        feed.append(5);
        SocketSession session = sessionFrom(1);
        subscriptions.element().onJoined(feed.joinedNow());
        subscriptions.element().startBacklog(log);
        CompletableFuture<BacklogRead<List<Frame>>> older = log.page;
        session.pause();
        resumeWithPurge(session);
        assertThat(log.asked).containsExactly("1..5", "1..5");
        older.complete(new BacklogRead.Page<>(List.of(List.of(new Frame("not to be seen"))), new Seq(5)));
        log.answer(2, 5);

        assertThat(socket.sent()).containsExactly("hello 5", "purge tasks", "2", "3", "4", "5");
    }

    @Test
    @Tag("ACC19")
    @DisplayName("[ACC19] a session whose first frame was not sent is closed, so that its client reconnects")
    void pausedBeforeFirstFrame() {
        SocketSession session = sessionFrom(0);
        session.pause();
        subscriptions.element().onJoined(new FeedFixture(10).joinedNow());
        resumeWithPurge(session);

        assertThat(socket.sent()).isEmpty();
        assertThat(socket.closed()).containsExactly("4410 the rights to read have changed; read anew");
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] if the log cannot be read, the socket is closed as a fault")
    void unreadable() {
        sessionFrom(0);
        subscriptions.element().onJoined(new FeedFixture(2).joinedNow());
        subscriptions.element().startBacklog(log);
        log.fail();

        assertThat(socket.closed()).containsExactly("1011 the backlog could not be read; reconnect");
    }
}
