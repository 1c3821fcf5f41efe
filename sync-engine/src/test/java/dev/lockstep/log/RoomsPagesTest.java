package dev.lockstep.log;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static dev.lockstep.log.LogEntryFixture.logEntryFixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog.RoomsPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryDatabase
class RoomsPagesTest {
    private static final RoomId P1 = new RoomId("workshop", "p1");
    private static final RoomId P2 = new RoomId("workshop", "p2");
    private static final PageLimits WIDE = new PageLimits(1_000, 1_000_000);

    private final TestDatabase database;
    private final ActionLog log = new ActionLog();

    RoomsPagesTest(TestDatabase database) {
        this.database = database.emptied();
    }

    /** Appends one mutation, an action in each of these rooms. */
    private void append(String... rooms) {
        List<LogEntry> mutation =
                Stream.of(rooms).map(room -> logEntryFixture().in(room).entry()).toList();
        database.transactions().run(scope -> log.append(scope.connection(), ANY_GROUP, List.of(mutation)));
    }

    private RoomsPage read(long after, long upTo, PageLimits limits, RoomId... rooms) {
        return database.transactions()
                .run(scope -> log.readAfter(scope.connection(), List.of(rooms), new Seq(after), new Seq(upTo), limits));
    }

    private static List<List<Long>> places(RoomsPage page) {
        return page.commits().stream()
                .map(commit -> commit.actions().stream()
                        .map(action -> action.seq().value())
                        .toList())
                .toList();
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] a page holds what the rooms see, up to a position")
    void rooms() {
        append("p1");
        append("p2");
        append("p3");
        append("p1");
        append("p1");

        RoomsPage page = read(0, 4, WIDE, P1, P2);

        assertThat(places(page)).containsExactly(List.of(1L), List.of(2L), List.of(4L));
        assertThat(page.reached()).isEqualTo(new Seq(4));
        assertThat(places(read(1, 5, WIDE, P1))).containsExactly(List.of(4L), List.of(5L));
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] a full page ends with a commit, and the next one continues there")
    void pages() {
        append("p1", "p1", "p1");
        append("p2");
        append("p1");
        PageLimits two = new PageLimits(2, 1_000_000);

        RoomsPage first = read(0, 5, two, P1);

        assertThat(places(first)).containsExactly(List.of(1L, 2L, 3L));
        assertThat(first.reached()).isEqualTo(new Seq(3));
        assertThat(places(read(3, 5, two, P1))).containsExactly(List.of(5L));
        assertThat(places(read(0, 5, new PageLimits(1_000, 1), P1))).containsExactly(List.of(1L, 2L, 3L));
    }

    @Test
    @Tag("LOG3")
    @DisplayName("[LOG3] a page is bounded in all characters of its actions: ids may be longer than rows")
    void longIds() {
        LogEntry one = LogEntryFixture.ofRow("x".repeat(EntityId.CHARACTERS_MAX));
        database.transactions()
                .run(scope -> log.append(scope.connection(), ANY_GROUP, Collections.nCopies(10, List.of(one))));

        assertThat(places(read(0, 10, new PageLimits(1_000, 2L * EntityId.CHARACTERS_MAX), P1)))
                .hasSizeBetween(1, 2);
    }

    @Test
    @Tag("LOG3")
    @DisplayName("[LOG3] a page of many actions is whole and in order, however large its rows are")
    void largeAndSmall() {
        List<List<LogEntry>> mutations = IntStream.range(0, 900)
                .mapToObj(i -> LogEntryFixture.ofCharacters(i % 300 == 299 ? 10_000 : 10))
                .map(List::of)
                .toList();
        database.transactions().run(scope -> log.append(scope.connection(), ANY_GROUP, mutations));

        assertThat(places(read(0, 900, WIDE, P1)).stream().flatMap(List::stream))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 900).boxed().toList());
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] a reader that has seen one room's part of a commit gets the other room's part in full")
    void partsOfACommit() {
        append("p2", "p1", "p2");

        assertThat(places(read(0, 3, WIDE, P1, P2))).containsExactly(List.of(2L), List.of(1L, 3L));
        assertThat(places(read(2, 3, WIDE, P1, P2))).containsExactly(List.of(1L, 3L));
    }

    /** A log in which the rooms have one mutation in this many; the mutations differ in the rooms that have a part. */
    private List<List<LogEntry>> sparse(Random random, int mutations, int oneIn) {
        List<List<LogEntry>> all = new ArrayList<>();
        for (int i = 0; i < mutations; i++) {
            List<String> rooms = random.nextInt(oneIn) == 0
                    ? List.of("p1", "p2", "p3").subList(random.nextInt(2), 2 + random.nextInt(2))
                    : List.of("others");
            all.add(rooms.stream()
                    .map(room -> logEntryFixture().in(room).entry())
                    .toList());
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 300, 5_000})
    @Tag("WIRE4")
    @DisplayName("[WIRE4] pages of quiet rooms hold the same, page after page, as if all actions were read")
    void quiet(int oneIn) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Commit> commits = database.transactions()
                .run(scope -> log.append(scope.connection(), ANY_GROUP, sparse(random, 15_000, oneIn)));
        long head = commits.getLast().last().value();
        Set<RoomId> rooms = Set.of(P1, P2);
        List<Long> expected = commits.stream()
                .flatMap(commit -> commit.actions().stream())
                .filter(action -> rooms.contains(action.entry().room()))
                .map(action -> action.seq().value())
                .toList();
        PageLimits limits = new PageLimits(1 + random.nextInt(60), 1_000_000);
        List<Long> found = new ArrayList<>();
        long reached = 0;
        while (reached < head) {
            RoomsPage page = read(reached, head, limits, P1, P2);
            assertThat(page.reached().value()).as("seed %d", seed).isGreaterThan(reached);
            found.addAll(places(page).stream().flatMap(List::stream).sorted().toList());
            reached = page.reached().value();
        }

        assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] behind many actions of other rooms, a room has actions up to a position, or none")
    void behindOthers() {
        List<List<LogEntry>> others = Collections.nCopies(
                6_000, List.of(logEntryFixture().in("others").entry()));
        database.transactions().run(scope -> log.append(scope.connection(), ANY_GROUP, others));
        append("p1");

        assertThat(has(6_001, P1)).isTrue();
        assertThat(has(6_000, P1)).isFalse();
        assertThat(has(6_001, P2)).isFalse();
        assertThat(places(read(0, 6_000, WIDE, P1))).isEmpty();
        assertThat(places(read(0, 6_001, WIDE, P1, P2))).containsExactly(List.of(6_001L));
    }

    private boolean has(long upTo, RoomId room) {
        return database.transactions()
                .run(scope -> log.has(scope.connection(), List.of(room), Seq.START, new Seq(upTo)));
    }
}
