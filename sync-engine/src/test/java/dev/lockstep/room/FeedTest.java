package dev.lockstep.room;

import static dev.lockstep.log.LogEntryFixture.logEntryFixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final CommitRing here = new CommitRing(3, Long.MAX_VALUE);
    private final CommitRing shared = new CommitRing(3, Long.MAX_VALUE);
    private final AtomicLong published = new AtomicLong();
    private final Feed feed = new Feed(List.of(here.atEnd(), shared.atEnd()), published);

    private static EncodedCommit delivery(long seq) {
        return new EncodedCommit(CommitFixture.at(seq));
    }

    private static EncodedCommit delivery(Commit whole, String collection) {
        return new EncodedCommit(
                whole.of(Set.of(new CollectionName(collection))).orElseThrow());
    }

    private static EncodedCommit part(Commit whole, RoomId room) {
        return new EncodedCommit(Objects.requireNonNull(whole.byRoom().get(room)));
    }

    private List<Long> readAll() {
        List<Long> seqs = new ArrayList<>();
        while (feed.next() instanceof Feed.Next.Ready ready) {
            seqs.add(ready.encoded().seq().value());
        }
        return seqs;
    }

    @Test
    @Tag("ROOM3")
    @DisplayName("[ROOM3] commits of several rooms come in order of Seq")
    void oneOrder() {
        here.append(delivery(2));
        here.append(delivery(5));
        shared.append(delivery(1));
        shared.append(delivery(3));
        shared.append(delivery(4));
        published.set(5);

        assertThat(readAll()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(feed.next()).isEqualTo(new Feed.Next.Nothing());
    }

    @Test
    @Tag("ROOM8")
    @DisplayName(
            "[ROOM8] the parts of one mutation in several rooms are one commit, in order of Seq, as far as they are visible")
    void oneMutation() {
        Commit whole = CommitFixture.at(
                1,
                1,
                logEntryFixture().of("tools"),
                logEntryFixture(),
                logEntryFixture().of("tools"));
        here.append(delivery(whole, "tasks"));
        shared.append(delivery(whole, "tools"));
        shared.append(delivery(4));
        published.set(4);
        Encoder<String> places =
                commit -> commit.actions().stream().map(Action::seq).toList().toString();

        List<String> seen = new ArrayList<>();
        while (feed.next() instanceof Feed.Next.Ready ready) {
            seen.add(ready.encoded().encodedBy(places));
        }
        assertThat(seen).containsExactly("[1, 2, 3]", "[4]");
    }

    @Test
    @Tag("ROOM8")
    @DisplayName("[ROOM8] a hidden part is left out; each room has its own visibility")
    void oneMutationInPart() {
        RoomId p1 = new RoomId("workshop", "p1");
        RoomId p2 = new RoomId("workshop", "p2");
        Commit whole = CommitFixture.at(
                1,
                1,
                logEntryFixture().in("p1"),
                logEntryFixture().in("p2"),
                logEntryFixture().of("tools").in("p2"));
        here.append(part(whole, p1));
        shared.append(part(whole, p2));
        published.set(3);
        Visibility tools = Visibility.of(Set.of(new CollectionName("tools")));
        Visibility tasks = Visibility.of(Set.of(new CollectionName("tasks")));
        Feed some = feed.withVisibility(() -> Visibility.of(Map.of(p1, tasks, p2, tools)));

        assertThat(some.next())
                .isInstanceOfSatisfying(
                        Feed.Next.Ready.class,
                        ready -> assertThat(ready.encoded().commit().actions())
                                .extracting(action -> action.seq().value())
                                .containsExactly(1L, 3L));
        assertThat(some.next()).isEqualTo(new Feed.Next.Nothing());
    }

    @Test
    @Tag("ROOM3")
    @DisplayName("[ROOM3] a commit is not shown before everything older was published to all rooms")
    void notTooEarly() {
        here.append(delivery(2));
        assertThat(feed.next()).isEqualTo(new Feed.Next.Nothing());
        shared.append(delivery(1));
        published.set(1);
        assertThat(readAll()).containsExactly(1L);
        published.set(2);

        assertThat(readAll()).containsExactly(2L);
    }

    @Test
    @Tag("ROOM5")
    @DisplayName("[ROOM5] a subscriber that falls behind in one room has fallen behind")
    void fellBehind() {
        for (int seq = 1; seq <= 4; seq++) {
            shared.append(delivery(seq));
        }
        here.append(delivery(5));
        published.set(5);

        assertThat(feed.next()).isEqualTo(new Feed.Next.FellBehind());
    }

    @Test
    @Tag("ROOM3")
    @DisplayName("[ROOM3] the read position includes hidden commits, and does not pass the published position")
    void reached() {
        here.append(delivery(1));
        here.append(new EncodedCommit(CommitFixture.at(2, 1, logEntryFixture().of("tools"))));
        here.append(new EncodedCommit(CommitFixture.at(3, 2, logEntryFixture().of("tools"))));
        published.set(2);
        Feed tasks = feed.withVisibility(() -> Visibility.of(Set.of(new CollectionName("tasks"))));

        assertThat(tasks.next()).isInstanceOf(Feed.Next.Ready.class);
        assertThat(tasks.reached()).isEqualTo(Seq.START);
        assertThat(tasks.next()).isEqualTo(new Feed.Next.Nothing());
        assertThat(tasks.reached()).isEqualTo(new Seq(2));
        published.set(4);
        assertThat(tasks.next()).isEqualTo(new Feed.Next.Nothing());
        assertThat(tasks.reached()).isEqualTo(new Seq(4));
    }

    @Test
    @Tag("ACC9")
    @DisplayName("[ACC9] a subscription to some collections sees their part of a commit, and no commit without one")
    void ofSomeCollections() {
        here.append(delivery(1));
        here.append(new EncodedCommit(CommitFixture.at(2, 1, logEntryFixture().of("tools"), logEntryFixture())));
        here.append(new EncodedCommit(CommitFixture.at(4, 2, logEntryFixture().of("tools"))));
        published.set(4);
        Encoder<String> places = commit -> commit.first() + " to " + commit.last();
        Feed tasks = feed.withVisibility(() -> Visibility.of(Set.of(new CollectionName("tasks"))));

        List<String> seen = new ArrayList<>();
        while (tasks.next() instanceof Feed.Next.Ready ready) {
            seen.add(ready.encoded().encodedBy(places));
        }
        assertThat(seen).containsExactly("1 to 1", "3 to 3");
        assertThat(tasks.next()).isEqualTo(new Feed.Next.Nothing());
    }

    @Test
    @Tag("ROOM4")
    @DisplayName("[ROOM4] a commit is encoded once for all subscribers with the same visibility")
    void partEncodedOnce() {
        EncodedCommit delivery =
                new EncodedCommit(CommitFixture.at(2, 1, logEntryFixture().of("tools"), logEntryFixture()));
        AtomicInteger calls = new AtomicInteger();
        Encoder<String> encoder = commit -> commit.last() + " call " + calls.incrementAndGet();
        for (int i = 0; i < 2; i++) {
            assertThat(delivery.of(Set.of(new CollectionName("tools")))
                            .orElseThrow()
                            .encodedBy(encoder))
                    .isEqualTo("2 call 1");
        }

        assertThat(delivery.encodedBy(encoder)).isEqualTo("3 call 2");
        assertThat(delivery.of(Set.of(new CollectionName("tools"), new CollectionName("tasks"))))
                .containsSame(delivery);
    }

    @Test
    @Tag("ROOM4")
    @DisplayName("[ROOM4] a commit is encoded once for each dialect, for all subscribers")
    void encodedOnce() {
        EncodedCommit delivery = delivery(7);
        AtomicInteger calls = new AtomicInteger();
        Encoder<String> one = commit -> "one " + calls.incrementAndGet() + " " + commit.last();
        Encoder<String> two = commit -> "two " + calls.incrementAndGet();

        assertThat(delivery.encodedBy(one)).isEqualTo("one 1 7").isSameAs(delivery.encodedBy(one));
        assertThat(delivery.encodedBy(two)).isEqualTo("two 2");
        assertThat(delivery.encodedBy(one)).isEqualTo("one 1 7");
    }
}
