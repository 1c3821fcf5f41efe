package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.MetricsFixture;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.FeedFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A connection with more than one subscription. */
class SeveralSubscriptionsTest {
    private static final int COMMITS = 100;

    private final ScriptedWriter socket = ScriptedWriter.whenTold();
    private final SocketSession session = new SocketSession(
            "7", socket, ConnectionPolicy.COMMON, SocketLimits.DEFAULTS, Runnable::run, new MetricsFixture().metrics());
    private final FeedFixture letters = new FeedFixture(COMMITS);
    private final FeedFixture digits = new FeedFixture(COMMITS);

    private static Encoder<List<Frame>> named(String name, int framesOfCommit) {
        return commit -> frames(name, commit, framesOfCommit);
    }

    private static List<Frame> frames(String name, Commit commit, int count) {
        List<Frame> frames = new ArrayList<>();
        for (int part = 1; part <= count; part++) {
            String text = name + commit.last() + (count == 1 ? "" : "." + part);
            frames.add(part == count ? new Frame(text, commit.last()) : new Frame(text));
        }
        return frames;
    }

    private Subscription subscribe(FeedFixture feed, Encoder<List<Frame>> encoder) {
        Subscription subscription = session.add(ProtocolFixture.live(encoder), Runnable::run);
        subscription.onJoined(feed.joinedNow());
        return subscription;
    }

    private List<String> sent(String name) {
        return socket.sent().stream().filter(text -> text.startsWith(name)).toList();
    }

    private static List<String> expected(String name, long last) {
        return LongStream.rangeClosed(1, last).mapToObj(at -> name + at).toList();
    }

    @Test
    @Tag("WIRE11")
    @DisplayName("[WIRE11] each subscription gets its commits once and in order; the subscriptions take turns")
    void turns() {
        subscribe(letters, named("a", 1));
        subscribe(digits, named("b", 1));
        letters.append(COMMITS);
        digits.append(COMMITS);
        session.onAvailable();
        socket.finish(true);
        assertThat(sent("a")).hasSize(Outbox.JOINED_FRAMES_MAX);
        assertThat(sent("b")).hasSize(Outbox.JOINED_FRAMES_MAX);
        socket.recover();

        assertThat(sent("a")).isEqualTo(expected("a", COMMITS));
        assertThat(sent("b")).isEqualTo(expected("b", COMMITS));
    }

    @Test
    @Tag("WIRE11")
    @DisplayName("[WIRE11] no frame of another subscription and no response leaves within a commit")
    void wholeCommits() {
        int parts = Outbox.JOINED_FRAMES_MAX + 8;
        subscribe(letters, named("a", parts));
        subscribe(digits, named("b", 1));
        letters.append(1);
        digits.append(1);
        session.onAvailable();
        session.send(new Frame("response"));
        socket.recover();

        List<String> sent = socket.sent();
        int first = sent.indexOf("a1.1");
        assertThat(sent.subList(first, first + parts)).allMatch(text -> text.startsWith("a1."));
        assertThat(sent).hasSize(parts + 2).contains("b1", "response");
    }

    @Test
    @Tag("WIRE11")
    @DisplayName("[WIRE11] a subscription that ends is silent at once; the others continue")
    void ends() {
        Subscription ending = subscribe(letters, named("a", 1));
        Subscription staying = subscribe(digits, named("b", 1));
        letters.append(1);
        session.onAvailable();
        session.remove(ending);
        letters.append(1);
        digits.append(2);
        session.onAvailable();
        socket.recover();

        assertThat(socket.sent()).containsExactly("a1", "b1", "b2");
        assertThat(session.subscriptions()).containsExactly(staying);
        assertThat(staying.sent()).isEqualTo(new Seq(2));
    }

    @Test
    @Tag("WIRE11")
    @Tag("ACC19")
    @DisplayName("[WIRE11][ACC19] changed rights purge the subscription that they concern, and no other")
    void purges() {
        ProtocolFixture resuming = ProtocolFixture.resuming(named("a", 1), 0);
        Subscription purged = session.add(resuming, Runnable::run);
        purged.onJoined(letters.joinedNow());
        purged.startBacklog(BacklogFixture.EMPTY);
        subscribe(digits, named("b", 1));
        session.pause();
        assertThat(purged.purge(Set.of(new CollectionName("tasks")))).isTrue();
        letters.append(1);
        digits.append(1);
        session.resume();
        socket.recover();

        assertThat(sent("a")).containsExactly("a1");
        assertThat(socket.sent()).containsSubsequence("purge tasks", "a1");
        assertThat(sent("b")).containsExactly("b1");
        assertThat(socket.closed()).isEmpty();
    }
}
