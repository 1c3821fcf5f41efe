package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import dev.lockstep.metrics.MetricsFixture;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.FeedFixture;
import dev.lockstep.room.RoomSubscriber.Joined;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Responses with a place among the commits of a subscription. */
class PlacedResponsesTest {
    private final ScriptedWriter socket = ScriptedWriter.atOnce();
    private final SocketSession session = new SocketSession(
            "7", socket, ConnectionPolicy.COMMON, SocketLimits.DEFAULTS, Runnable::run, new MetricsFixture().metrics());
    private final PlacedResponses responses = new PlacedResponses();
    private final FeedFixture feed = new FeedFixture(100);

    /** Of each commit but every fifth, which the client does not see, the frame is its position. */
    private record Placed(PlacedResponses placed, long from) implements SubscriptionProtocol {
        @Override
        public Encoder<List<Frame>> encoder() {
            return commit -> frame(commit.last().value());
        }

        @Override
        public Optional<Seq> cursor() {
            return Optional.of(new Seq(from));
        }

        @Override
        public Optional<PlacedResponses> responses() {
            return Optional.of(placed);
        }

        @Override
        public LostCursor lostCursor(Joined at) {
            return new LostCursor(new Frame("lost"), false);
        }
    }

    private static List<Frame> frame(long position) {
        return position % 5 == 0 ? List.of() : List.of(new Frame(Long.toString(position), new Seq(position)));
    }

    private enum Log implements Backlog.Source {
        READABLE;

        @Override
        public CompletionStage<BacklogRead<List<Frame>>> missed(Seq after, Seq upTo, Encoder<List<Frame>> encoder) {
            return CompletableFuture.completedStage(new BacklogRead.Page<>(
                    LongStream.rangeClosed(after.value() + 1, upTo.value())
                            .mapToObj(PlacedResponsesTest::frame)
                            .toList(),
                    upTo));
        }

        @Override
        public void rejoin() {}
    }

    private Subscription subscribe(PlacedResponses placed, long from) {
        placed.begin(new Seq(from));
        Subscription subscription = session.add(new Placed(placed, from), Runnable::run);
        subscription.onJoined(feed.joinedNow());
        subscription.startBacklog(Log.READABLE);
        return subscription;
    }

    private boolean answer(long place, long latest, String... texts) {
        boolean isAdded = responses.add(
                new Seq(place),
                new Seq(latest),
                Stream.of(texts).map(Frame::new).toList());
        session.flush();
        return isAdded;
    }

    private void commit(int commits) {
        feed.append(commits);
        session.onAvailable();
    }

    private List<String> sent() {
        return socket.sent();
    }

    @Test
    @Tag("CH9")
    @DisplayName("[CH9] an answer that is ready first follows the earlier commits of others, and precedes its own")
    void waitsForEarlierCommits() {
        subscribe(responses, 0);
        commit(1);
        answer(3, 4, "answer to 4");
        assertThat(sent()).containsExactly("1");

        commit(1); // another client's, at 2
        assertThat(sent()).containsExactly("1", "2");
        commit(1);
        assertThat(sent()).containsExactly("1", "2", "3", "answer to 4");
        commit(1);
        assertThat(sent()).containsExactly("1", "2", "3", "answer to 4", "4");
    }

    @Test
    @Tag("CH9")
    @DisplayName("[CH9] commits that the client does not see count, too: an answer does not wait for a frame of them")
    void afterInvisibleCommits() {
        feed.append(3);
        subscribe(responses, 3);
        answer(5, 6, "answer to 6");
        commit(2);
        assertThat(sent()).containsExactly("4", "answer to 6");
        commit(1);
        assertThat(sent()).containsExactly("4", "answer to 6", "6");
    }

    @Test
    @Tag("CH9")
    @DisplayName(
            "[CH9] where the client reads on after an outage, answers have their places among the commits of the log")
    void withinTheLog() {
        feed.append(9);
        assertThat(responses.add(new Seq(6), new Seq(7), List.of(new Frame("answer to 7"))))
                .isTrue();
        assertThat(responses.add(new Seq(3), new Seq(4), List.of(new Frame("answer to 4"))))
                .isTrue();
        subscribe(responses, 2);
        commit(2);
        assertThat(sent()).containsExactly("3", "answer to 4", "4", "6", "answer to 7", "7", "8", "9", "11");
    }

    @Test
    @Tag("CH9")
    @DisplayName("[CH9] an answer is outdated once the client has a later commit; one whose own commit it has is not")
    void outdated() {
        subscribe(responses, 0);
        commit(3);
        assertThat(answer(1, 2, "late")).isFalse();
        assertThat(answer(2, 3, "in time")).isTrue();
        assertThat(sent()).containsExactly("1", "2", "3", "in time");
    }

    @Test
    @Tag("CH9")
    @DisplayName("[CH9] while a row is read for an answer, later commits are kept back, and those known before are not")
    void kept() {
        subscribe(responses, 0);
        commit(1);
        answer(3, 4, "answer to 4");
        PlacedResponses.Hold hold = responses.hold();
        commit(7);
        assertThat(sent()).containsExactly("1", "2", "3", "answer to 4");

        assertThat(answer(6, 7, "read at 7")).isTrue();
        assertThat(sent()).endsWith("answer to 4");
        hold.end();
        hold.end();
        session.flush();
        assertThat(sent()).containsExactly("1", "2", "3", "answer to 4", "4", "6", "read at 7", "7", "8");
    }

    @Test
    @Tag("CH9")
    @DisplayName("[CH9] the frames of an answer leave together")
    void together() {
        subscribe(responses, 0);
        answer(1, 2, "reject", "delete");
        commit(2);
        assertThat(sent()).containsExactly("1", "reject", "delete", "2");
    }

    @Test
    @Tag("CH7")
    @DisplayName(
            "[CH7] answers that wait when the client subscribes again follow in the new subscription; none is lost")
    void successor() {
        Subscription first = subscribe(responses, 0);
        answer(2, 3, "answer to 3");
        commit(1);
        PlacedResponses next = responses.successor();
        session.remove(first);
        feed.append(2);
        subscribe(next, 1);
        assertThat(sent()).containsExactly("1", "2", "answer to 3", "3");
        assertThat(responses.takeAll()).isEmpty();
        assertThat(next.size()).isZero();
    }

    @Test
    @Tag("CH9")
    @DisplayName("[CH9] answers that are due while the socket is paused, or when their subscription ends, are not lost")
    void notLost() {
        Subscription ending = subscribe(responses, 0);
        answer(1, 2, "answer to 2");
        answer(8, 9, "answer to 9");
        session.pause();
        commit(2);
        session.remove(ending);
        List<Frame> left = responses.takeAll();
        session.resume();
        left.forEach(session::send);
        assertThat(sent()).containsExactly("answer to 2", "answer to 9");
    }
}
