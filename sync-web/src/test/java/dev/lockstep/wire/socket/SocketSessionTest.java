package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.MetricsFixture;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.FeedFixture;
import dev.lockstep.room.Visibility;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SocketSessionTest {
    private static final Encoder<List<Frame>> PLACES = SocketSessionTest::places;
    private static final SocketLimits LIMITS = SocketLimits.DEFAULTS;
    private static final int WAIT_SECONDS_MAX = 30;

    private static List<Frame> places(Commit commit) {
        return List.of(new Frame(commit.last().toString()));
    }

    private final MetricsFixture counted = new MetricsFixture();
    private final Deque<Subscription> subscriptions = new ArrayDeque<>();

    private SocketSession session(SocketWriter writer) {
        return session(writer, Runnable::run);
    }

    private SocketSession session(SocketWriter writer, Executor closer) {
        SocketSession session =
                new SocketSession("7", writer, ConnectionPolicy.COMMON, LIMITS, closer, counted.metrics());
        subscriptions.add(session.add(ProtocolFixture.greeting(PLACES), Runnable::run));
        return session;
    }

    /** The hello frame, and the positions from 1 to the last. */
    private static List<String> helloAnd(long last) {
        return Stream.concat(
                        Stream.of("hello 0"), LongStream.rangeClosed(1, last).mapToObj(Long::toString))
                .toList();
    }

    private double cutOffs(String reason) {
        return counted.value("lockstep_sessions_disconnected", "reason", reason);
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    @Test
    @Tag("ROOM1")
    @DisplayName("[ROOM1] the hello frame is sent first, then every commit in order; nothing is sent before joining")
    void helloFirst() {
        ScriptedWriter socket = ScriptedWriter.atOnce();
        SocketSession session = session(socket);
        FeedFixture feed = new FeedFixture(10);
        session.onAvailable();
        assertThat(socket.sent()).isEmpty();
        feed.append(2);
        subscriptions.element().onJoined(feed.joined());
        feed.append(1);
        session.onAvailable();

        assertThat(socket.sent()).isEqualTo(helloAnd(3));
    }

    @Test
    @Tag("ACC19")
    @DisplayName(
            "[ACC19] a socket without a cursor whose rights changed is closed with 4410, and receives nothing more")
    void rightsChanged() {
        ScriptedWriter socket = ScriptedWriter.atOnce();
        SocketSession session = session(socket);
        FeedFixture feed = new FeedFixture(10);
        subscriptions.element().onJoined(feed.joined());
        session.pause();
        feed.append(1);
        session.onAvailable();
        session.resume();
        assertThat(socket.sent()).isEqualTo(helloAnd(1));
        session.pause();
        feed.append(1);
        assertThat(subscriptions.element().purge(Set.of(new CollectionName("tasks"))))
                .isFalse();
        session.onPurgeImpossible();
        session.resume();

        assertThat(socket.sent()).isEqualTo(helloAnd(1));
        assertThat(socket.closed()).containsExactly("4410 the rights to read have changed; read anew");
    }

    @Test
    @Tag("ROOM7")
    @DisplayName("[ROOM7] one write is in progress at a time; frames that wait for it are sent together")
    void oneAtATime() {
        ScriptedWriter socket = ScriptedWriter.whenTold();
        SocketSession session = session(socket);
        FeedFixture feed = new FeedFixture(10);
        subscriptions.element().onJoined(feed.joined());
        feed.append(2);
        session.onAvailable();
        session.onAvailable();
        assertThat(socket.sent()).isEqualTo(helloAnd(0));
        socket.finish(true);
        assertThat(socket.sent()).isEqualTo(helloAnd(2));
        socket.finish(true);

        feed.append(1);
        session.onAvailable();
        assertThat(socket.sent()).isEqualTo(helloAnd(3));
    }

    @Test
    @Tag("ROOM7")
    @DisplayName("[ROOM7] a write has at most 32 frames")
    void joined() {
        ScriptedWriter socket = ScriptedWriter.whenTold();
        session(socket);
        FeedFixture feed = new FeedFixture(100);
        subscriptions.element().onJoined(feed.joined());
        feed.append(100);
        socket.finish(true);

        assertThat(socket.sent()).isEqualTo(helloAnd(Outbox.JOINED_FRAMES_MAX));
        assertThat(Outbox.JOINED_FRAMES_MAX).isEqualTo(32);
    }

    @Test
    @Tag("ROOM7")
    @DisplayName("[ROOM7] 100,000 waiting frames whose writes complete at once use no stack")
    void manyAtOnce() {
        int commits = 100_000;
        ScriptedWriter socket = ScriptedWriter.whenTold();
        SocketSession session = session(socket);
        FeedFixture feed = new FeedFixture(commits);
        subscriptions.element().onJoined(feed.joined());
        feed.append(commits);
        session.onAvailable();
        socket.recover();

        assertThat(socket.sent()).isEqualTo(helloAnd(commits));
    }

    @Test
    @Tag("ROOM7")
    @DisplayName("[ROOM7] commits that arrive while another thread writes frames are sent once and in order")
    void concurrent() throws InterruptedException {
        int commits = 50_000;
        ExecutorService io = Executors.newSingleThreadExecutor();
        try {
            ScriptedWriter socket = ScriptedWriter.on(io);
            SocketSession session = session(socket);
            FeedFixture feed = new FeedFixture(commits);
            subscriptions.element().onJoined(feed.joined());
            for (int i = 0; i < commits; i++) {
                feed.append(1);
                session.onAvailable();
            }
            long deadline = in(Duration.ofSeconds(WAIT_SECONDS_MAX));
            while (socket.sent().size() <= commits && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }

            assertThat(socket.sent()).isEqualTo(helloAnd(commits));
        } finally {
            io.shutdownNow();
            assertThat(io.awaitTermination(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @Timeout(value = WAIT_SECONDS_MAX, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Tag("PUB3")
    @DisplayName("[PUB3] a read filter that blocks delays neither the publisher nor the I/O thread; its frames come "
            + "after it")
    void blockingFilter() throws InterruptedException {
        ExecutorService filters = Executors.newSingleThreadExecutor();
        CountDownLatch gate = new CountDownLatch(1);
        try {
            ScriptedWriter socket = ScriptedWriter.atOnce();
            SocketSession session =
                    new SocketSession("7", socket, ConnectionPolicy.COMMON, LIMITS, Runnable::run, counted.metrics());
            Subscription subscription = session.add(ProtocolFixture.greeting(PLACES), filters);
            CollectionName tasks = new CollectionName("tasks");
            Visibility visibility = Visibility.of(Set.of(tasks), Set.of(tasks), Map.of(tasks, row -> isOpen(gate)));
            FeedFixture feed = new FeedFixture(10);
            feed.appendRow();
            subscription.onJoined(feed.joined().withVisibility(() -> visibility)); // as the publisher does
            session.onAvailable(); // as the I/O thread does
            gate.countDown();
            filters.shutdown();
            assertThat(filters.awaitTermination(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                    .isTrue();

            assertThat(socket.sent()).isEqualTo(helloAnd(1));
        } finally {
            gate.countDown();
            filters.shutdownNow();
        }
    }

    private static boolean isOpen(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("ROOM5")
    @DisplayName("[ROOM5] a session that fell off the ring is closed with 4008, and receives nothing after the gap")
    void fellBehind() {
        ScriptedWriter socket = ScriptedWriter.whenTold();
        SocketSession session = session(socket);
        FeedFixture feed = new FeedFixture(2);
        subscriptions.element().onJoined(feed.joined());
        feed.append(3);
        session.onAvailable();
        assertThat(socket.closed()).isEmpty();
        socket.finish(true);

        assertThat(socket.closed()).containsExactly("4008 fell behind; reconnect");
        assertThat(cutOffs("fell_behind")).isEqualTo(1);
        assertThat(socket.sent()).isEqualTo(helloAnd(0));
        feed.append(1);
        session.onAvailable();
        assertThat(socket.sent()).isEqualTo(helloAnd(0));
    }

    @Test
    @Tag("ROOM7")
    @DisplayName("[ROOM7] a session without progress for 30 s is closed with 4008, once")
    void stalls() {
        ScriptedWriter socket = ScriptedWriter.whenTold();
        SocketSession session = session(socket);
        subscriptions.element().onJoined(new FeedFixture(10).joined());
        session.closeIfStalled(in(LIMITS.writeTimeout().minusSeconds(1)));
        assertThat(socket.closed()).isEmpty();
        session.closeIfStalled(in(LIMITS.writeTimeout().plusSeconds(1)));
        session.closeIfStalled(in(LIMITS.writeTimeout().plusSeconds(2)));

        assertThat(socket.closed()).containsExactly("4008 too slow; reconnect");
        assertThat(cutOffs("stalled")).isEqualTo(1);
        assertThat(LIMITS.writeTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    @Tag("ROOM7")
    @DisplayName("[ROOM7] a session with nothing to send never counts as stalled")
    void idle() {
        ScriptedWriter socket = ScriptedWriter.atOnce();
        SocketSession session = session(socket);
        subscriptions.element().onJoined(new FeedFixture(10).joined());
        session.closeIfStalled(in(LIMITS.writeTimeout().multipliedBy(100)));

        assertThat(socket.closed()).isEmpty();
    }

    @Test
    @Tag("CFS22")
    @Tag("CC1")
    @DisplayName(
            "[CFS22][CC1] a client's ping is answered before all other frames, also during an evaluation of rights")
    void pong() {
        ScriptedWriter socket = ScriptedWriter.whenTold();
        SocketSession session = session(socket);
        FeedFixture feed = new FeedFixture(10);
        session.pong(new Frame("pong"));
        assertThat(socket.sent()).containsExactly("pong");
        socket.finish(true);

        session.pause();
        subscriptions.element().onJoined(feed.joined());
        feed.append(2);
        session.send(new Frame("answer"));
        session.pong(new Frame("pong"));
        assertThat(socket.sent()).containsExactly("pong", "pong");
        socket.finish(true);
        session.resume();
        assertThat(socket.sent()).containsExactly("pong", "pong", "hello 0", "answer", "1", "2");
    }

    @Test
    @Tag("CFS22")
    @Tag("CC1")
    @DisplayName("[CFS22][CC1] pings that come faster than answers are written share an answer, and close nothing")
    void pongsWait() {
        ScriptedWriter socket = ScriptedWriter.whenTold();
        SocketSession session = session(socket);
        subscriptions.element().onJoined(new FeedFixture(10).joined());
        for (int i = 0; i < 1_000; i++) {
            session.pong(new Frame("pong"));
        }
        socket.recover();

        assertThat(socket.sent()).hasSize(1 + Heartbeat.PONGS_MAX).startsWith("hello 0", "pong");
        assertThat(socket.closed()).isEmpty();
        assertThat(Heartbeat.PONGS_MAX).isEqualTo(16);
    }

    private SocketSession session(SocketWriter writer, ConnectionPolicy policy) {
        return new SocketSession("7", writer, policy, LIMITS, Runnable::run, counted.metrics());
    }

    @Test
    @Tag("WIRE6")
    @DisplayName("[WIRE6] a session without pongs, or without a readable backlog, is closed in its dialect's words")
    void closePolicy() {
        ConnectionPolicy policy = new ConnectionPolicy() {
            @Override
            public Close silent() {
                return new Close(1011, "silent");
            }

            @Override
            public Optional<Frame> backlogUnreadableFrame() {
                return Optional.of(new Frame("unreadable"));
            }
        };
        ScriptedWriter silent = ScriptedWriter.atOnce();
        session(silent, policy).checkTimeouts(in(LIMITS.idleTimeout().plusSeconds(1)));
        assertThat(silent.closed()).containsExactly("1011 silent");

        ScriptedWriter behind = ScriptedWriter.whenTold();
        session(behind, policy).onBacklogUnreadable();
        assertThat(behind.sent()).containsExactly("unreadable");
        assertThat(behind.closed()).isEmpty();
        behind.finish(true);
        assertThat(behind.closed()).containsExactly("1011 the backlog could not be read; reconnect");
    }

    @Test
    @Tag("WIRE2")
    @DisplayName("[WIRE2] a session is pinged every 25 s, between its frames")
    void pinged() {
        ScriptedWriter socket = ScriptedWriter.whenTold();
        SocketSession session = session(socket);
        FeedFixture feed = new FeedFixture(10);
        subscriptions.element().onJoined(feed.joined());
        session.checkTimeouts(in(LIMITS.pingInterval().minusSeconds(1)));
        session.checkTimeouts(in(LIMITS.pingInterval().plusSeconds(1)));
        assertThat(socket.sent()).containsExactly("hello 0");
        socket.finish(true);
        feed.append(1);
        session.onAvailable();
        socket.finish(true);

        assertThat(socket.sent()).containsExactly("hello 0", "ping", "1");
        assertThat(LIMITS.pingInterval()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    @Tag("WIRE2")
    @DisplayName("[WIRE2] a session that is silent for 60 s is closed with 4008; one that answers is not")
    void silent() {
        ScriptedWriter socket = ScriptedWriter.atOnce();
        SocketSession session = session(socket);
        subscriptions.element().onJoined(new FeedFixture(10).joined());
        session.checkTimeouts(in(LIMITS.idleTimeout().minusSeconds(1)));
        session.received(in(LIMITS.idleTimeout().minusSeconds(1)));
        session.checkTimeouts(in(LIMITS.idleTimeout().plusSeconds(58)));
        assertThat(socket.closed()).isEmpty();
        session.checkTimeouts(in(LIMITS.idleTimeout().plusSeconds(60)));

        assertThat(socket.closed()).containsExactly("4008 no ping was answered; reconnect");
        assertThat(cutOffs("silent")).isEqualTo(1);
        assertThat(LIMITS.idleTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    @Tag("ROOM7")
    @DisplayName("[ROOM7] a failed send ends the session")
    void failingSend() {
        ScriptedWriter socket = ScriptedWriter.whenTold();
        SocketSession session = session(socket);
        FeedFixture feed = new FeedFixture(10);
        subscriptions.element().onJoined(feed.joined());
        feed.append(1);
        session.onAvailable();
        socket.finish(false);
        feed.append(1);
        session.onAvailable();

        assertThat(socket.sent()).isEqualTo(helloAnd(0));
    }

    @Test
    @Tag("ROOM7")
    @DisplayName("[ROOM7] a session is closed once, and sends nothing afterwards")
    void closedOnce() {
        ScriptedWriter socket = ScriptedWriter.atOnce();
        List<Runnable> closing = new ArrayList<>();
        SocketSession session = session(socket, closing::add);
        FeedFixture feed = new FeedFixture(10);
        subscriptions.element().onJoined(feed.joined());
        session.close(new ConnectionPolicy.Close(1008, "no"));
        session.close(new ConnectionPolicy.Close(1011, "fault"));
        feed.append(1);
        session.onAvailable();
        assertThat(socket.closed()).isEmpty(); // closing may block: the executor does it
        closing.forEach(Runnable::run);

        assertThat(socket.closed()).containsExactly("1008 no");
        assertThat(socket.sent()).isEqualTo(helloAnd(0));
    }

    @Test
    @Tag("ID10")
    @DisplayName(
            "[ID10] an answer is sent after the hello frame, between commits; a client that reads no answer is closed")
    void answers() {
        ScriptedWriter socket = ScriptedWriter.whenTold();
        SocketSession session = session(socket);
        FeedFixture feed = new FeedFixture(10);
        session.send(new Frame("early"));
        assertThat(socket.urgent()).isEqualTo(1);
        subscriptions.element().onJoined(feed.joined());
        assertThat(socket.sent()).containsExactly("hello 0", "early");

        feed.append(1);
        session.onAvailable();
        for (int i = 0; i < ConnectionPolicy.RESPONSES_MAX; i++) {
            session.send(new Frame("answer"));
        }
        assertThat(socket.closed()).isEmpty();
        session.send(new Frame("one too many"));
        assertThat(socket.closed()).containsExactly("1008 answers are not read");
    }
}
