package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import dev.lockstep.api.room.RoomConnections;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.MetricsFixture;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.FeedFixture;
import dev.lockstep.room.RoomMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sockets that subscribe to other rooms later. */
class SubscriptionTest {
    /** The position at which the visibility changes. */
    private static final long CHANGED_AT = 4;

    private static final Encoder<List<Frame>> FRAMES = commit -> List.of(frame(commit));

    private final ScriptedWriter socket = ScriptedWriter.whenTold();
    private final List<Seq> evaluated = new ArrayList<>();
    private final SocketSession session = new SocketSession(
            "7", socket, ConnectionPolicy.COMMON, SocketLimits.DEFAULTS, Runnable::run, new MetricsFixture().metrics());

    private static Frame frame(Commit commit) {
        return frame(commit.last());
    }

    private static Frame frame(Seq at) {
        return at.value() == CHANGED_AT ? Frame.rightsChanged(at) : new Frame(at.toString(), at);
    }

    /** The log holds these positions after a cursor. */
    private record Log(boolean isLost) implements Backlog.Source {
        @Override
        public CompletionStage<BacklogRead<List<Frame>>> missed(Seq after, Seq upTo, Encoder<List<Frame>> encoder) {
            if (isLost) {
                return CompletableFuture.completedStage(new BacklogRead.Lost<>());
            }
            return CompletableFuture.completedStage(new BacklogRead.Page<>(
                    LongStream.rangeClosed(after.value() + 1, upTo.value())
                            .mapToObj(place -> List.of(frame(new Seq(place))))
                            .toList(),
                    upTo));
        }

        @Override
        public void rejoin() {}
    }

    private Subscription subscribe(long cursor, Backlog.Source log, FeedFixture feed) {
        return subscribe(protocol(cursor), log, feed);
    }

    private static ProtocolFixture protocol(long cursor) {
        return ProtocolFixture.resuming(FRAMES, cursor).withCaughtUp((at, sent) -> new Frame("caught up at " + sent));
    }

    /** Replaces the earlier subscription. */
    private Subscription subscribe(SubscriptionProtocol protocol, Backlog.Source log, FeedFixture feed) {
        Subscription subscription = inPlaceOfOthers(protocol);
        subscription.onJoined(feed.joinedNow());
        subscription.startBacklog(log);
        return subscription;
    }

    private Subscription current() {
        return session.subscriptions().getFirst();
    }

    private static Log readable() {
        return new Log(false);
    }

    @Test
    @Tag("WIRE6")
    @DisplayName("[WIRE6] a subscription is confirmed after its backlog and before new commits, with its position")
    void greeted() {
        FeedFixture feed = new FeedFixture(10);
        feed.append(3);
        session.send(new Frame("answer"));
        socket.finish(true);
        subscribe(1, readable(), feed);
        socket.recover();
        feed.append(2);
        session.onAvailable();

        assertThat(socket.sent()).containsExactly("answer", "2", "3", "caught up at 3");
    }

    @Test
    @Tag("WIRE6")
    @DisplayName("[WIRE6] a change of visibility lets earlier commits pass; later ones wait until it is evaluated")
    void changes() {
        session.setRightsCheck((from, at) -> {
            evaluated.add(at);
            session.pause();
        });
        FeedFixture feed = new FeedFixture(10);
        feed.append(6);
        subscribe(1, readable(), feed);
        assertThat(socket.sent()).containsExactly("2", "3");
        assertThat(evaluated).isEmpty(); // they are in progress
        socket.recover();
        assertThat(evaluated).containsExactly(new Seq(CHANGED_AT));
        assertThat(current().sent()).isEqualTo(new Seq(3));

        subscribe(protocol(CHANGED_AT).withGreeting(at -> new Frame("changed", new Seq(CHANGED_AT))), readable(), feed);
        assertThat(socket.sent()).containsExactly("2", "3");
        session.resume();
        assertThat(socket.sent()).containsExactly("2", "3", "changed", "5", "6", "caught up at 6");
        assertThat(evaluated).hasSize(1);
        assertThat(current().sent()).isEqualTo(new Seq(6));
    }

    private void pings(int times) {
        long soon = System.nanoTime()
                + SocketLimits.DEFAULTS
                        .pingInterval()
                        .plusSeconds(1)
                        .multipliedBy(times)
                        .toNanos();
        session.received(soon);
        session.checkTimeouts(soon);
    }

    @Test
    @Tag("WIRE8")
    @DisplayName("[WIRE8] a subscription without visible commits receives its position with a ping, once, after all "
            + "visible frames")
    void progress() {
        Encoder<List<Frame>> even =
                commit -> commit.last().value() % 2 == 0 ? List.of(frame(commit.last())) : List.of();
        FeedFixture feed = new FeedFixture(10);
        subscribe(ProtocolFixture.resuming(even, 0).withProgress(at -> new Frame("up to " + at, at)), readable(), feed);
        feed.append(3);
        session.onAvailable();
        socket.recover();
        assertThat(socket.sent()).containsExactly("2");

        pings(1);
        assertThat(socket.sent()).containsExactly("2", "ping", "up to 3");
        assertThat(current().sent()).isEqualTo(new Seq(3));
        pings(2);
        assertThat(socket.sent()).containsExactly("2", "ping", "up to 3", "ping");
    }

    @Test
    @Tag("WIRE8")
    @DisplayName(
            "[WIRE8] the answer to a client's ping leaves first, and the position follows the frames that wait, once")
    void progressOnRequest() {
        Encoder<List<Frame>> even =
                commit -> commit.last().value() % 2 == 0 ? List.of(frame(commit.last())) : List.of();
        FeedFixture feed = new FeedFixture(10);
        subscribe(ProtocolFixture.resuming(even, 0).withProgress(at -> new Frame("up to " + at, at)), readable(), feed);
        feed.append(3);
        session.pong(new Frame("pong"));
        assertThat(socket.sent()).containsExactly("pong");
        socket.recover();
        assertThat(socket.sent()).containsExactly("pong", "2", "up to 3");
        session.pong(new Frame("pong"));

        assertThat(socket.sent()).containsExactly("pong", "2", "up to 3", "pong");
    }

    @Test
    @Tag("WIRE6")
    @DisplayName(
            "[WIRE6] commits that were taken and are paused stay in order, and count as sent when they are written")
    void paused() {
        FeedFixture feed = new FeedFixture(100);
        feed.append(2);
        subscribe(0, readable(), feed);
        session.pause();
        feed.append(1);
        session.onAvailable();
        socket.recover();
        assertThat(current().sent()).isEqualTo(new Seq(2));
        assertThat(socket.sent()).containsExactly("1", "2", "caught up at 2");
        session.resume();

        assertThat(socket.sent()).containsExactly("1", "2", "caught up at 2", "3");
        assertThat(current().sent()).isEqualTo(new Seq(3));
    }

    @Test
    @Tag("WIRE6")
    @DisplayName("[WIRE6] a commit that was taken but not sent does not count: a new subscription receives it")
    void countsWhenSent() {
        FeedFixture feed = new FeedFixture(100);
        ProtocolFixture pausing = protocol(0).withCaughtUp((at, sent) -> {
            session.pause(); // while frames are being taken
            return new Frame("caught up");
        });
        subscribe(pausing, readable(), feed);
        assertThat(socket.sent()).isEmpty();
        assertThat(current().isCaughtUp()).isFalse();
        session.resume();
        assertThat(socket.sent()).containsExactly("caught up");
        assertThat(current().isCaughtUp()).isTrue();
        subscribe(0, readable(), feed);
        assertThat(current().isCaughtUp()).isFalse();
    }

    @Test
    @Tag("WIRE6")
    @DisplayName("[WIRE6] an answer that was taken but not sent is sent, whatever the next subscription is")
    void answersStay() {
        Backlog.Source answering = new Backlog.Source() {
            @Override
            public CompletionStage<BacklogRead<List<Frame>>> missed(Seq after, Seq upTo, Encoder<List<Frame>> encoder) {
                session.send(new Frame("answer"));
                return readable().missed(after, upTo, encoder);
            }

            @Override
            public void rejoin() {}
        };
        FeedFixture feed = new FeedFixture(100);
        ProtocolFixture pausing = protocol(0).withCaughtUp((at, sent) -> {
            session.pause(); // while frames are being taken
            return new Frame("not said");
        });
        subscribe(pausing, answering, feed);
        subscribe(0, readable(), feed);
        session.resume();
        socket.recover();

        assertThat(socket.sent()).containsExactly("answer", "caught up at 0");
    }

    @Test
    @Tag("WIRE6")
    @DisplayName("[WIRE6] a subscription with a lost cursor receives a notice, and nothing more until the client "
            + "resubscribes")
    void lost() {
        FeedFixture feed = new FeedFixture(10);
        feed.append(2);
        subscribe(1, new Log(true), feed);
        socket.recover();
        feed.append(1);
        session.onAvailable();
        assertThat(socket.sent()).containsExactly("lost at 2");
        assertThat(current().isPaused()).isTrue();
        subscribe(3, readable(), feed);

        assertThat(socket.sent()).containsExactly("lost at 2", "caught up at 3");
        assertThat(current().isPaused()).isFalse();
    }

    @Test
    @Tag("WIRE6")
    @DisplayName("[WIRE6] the final frame is sent, and then the socket is closed")
    void finalFrame() {
        FeedFixture feed = new FeedFixture(10);
        feed.append(1);
        subscribe(0, readable(), feed);
        session.closeAfter(new Frame("that is all"), new ConnectionPolicy.Close(1011, "a reason"));
        assertThat(socket.closed()).isEmpty();
        socket.recover();

        assertThat(socket.sent()).containsExactly("1", "caught up at 1", "that is all");
        assertThat(socket.closed()).containsExactly("1011 a reason");
    }

    private static ProtocolFixture withHello() {
        return ProtocolFixture.live(FRAMES).withGreeting(at -> new Frame("hello"));
    }

    private Subscription inPlaceOfOthers(SubscriptionProtocol protocol) {
        session.subscriptions().forEach(session::remove);
        return session.add(protocol, Runnable::run);
    }

    @Test
    @Tag("ROOM9")
    @DisplayName("[ROOM9] a message leaves after the first frame, and only to a client that receives messages")
    void messages() {
        FeedFixture feed = new FeedFixture(10);
        Subscription subscription = inPlaceOfOthers(withHello().withMessages(Frame::new));
        subscription.onMessage(new RoomMessage("early"));
        assertThat(socket.sent()).isEmpty();
        subscription.onJoined(feed.joinedNow());
        socket.recover();
        subscription.onMessage(new RoomMessage("late"));
        assertThat(socket.sent()).containsExactly("hello", "early", "late");

        Subscription other = inPlaceOfOthers(withHello());
        other.onJoined(feed.joinedNow());
        other.onMessage(new RoomMessage("unknown"));
        assertThat(socket.sent()).endsWith("late", "hello");
    }

    @Test
    @Tag("ROOM9")
    @DisplayName("[ROOM9] a client that does not read loses the oldest messages, and stays connected")
    void droppedMessages() {
        Subscription subscription = inPlaceOfOthers(withHello().withMessages(Frame::new));
        subscription.onJoined(new FeedFixture(10).joinedNow());
        for (int i = 0; i < 3 * RoomConnections.WAITING_MAX; i++) {
            subscription.onMessage(new RoomMessage("m" + i));
        }
        socket.finish(true);
        socket.recover();
        assertThat(socket.sent()).hasSize(1 + RoomConnections.WAITING_MAX).endsWith("m47");
        assertThat(socket.sent().get(1)).isEqualTo("m32");
    }
}
