package dev.lockstep.delivery;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static dev.lockstep.log.LogEntryFixture.aMutationOf;
import static dev.lockstep.log.LogEntryFixture.logEntryFixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Floors;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.LogEntryFixture;
import dev.lockstep.log.RoomStamps;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Deltas;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.room.Visibility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class BacklogReaderTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final RoomId OTHER = new RoomId("workshop", "p2");
    private static final Encoder<Long> PLACE = commit -> commit.last().value();
    private static final PageEncoder<List<Long>> PLACES = commits -> commits.stream()
            .map(commit -> commit.actions().stream()
                    .map(action -> action.seq().value())
                    .toList())
            .toList();
    private static final Visibility ALL = Visibility.of(Set.of(new CollectionName("tasks")));
    private static final int WAIT_SECONDS_MAX = 30;

    private final TestDatabase database;
    private final ActionLog log = new ActionLog();
    private PublisherFixture publisherFixture;

    BacklogReaderTest(TestDatabase database) {
        this.database = database.emptied();
        publisherFixture = new PublisherFixture(database);
    }

    @AfterEach
    void stop() throws InterruptedException {
        publisherFixture.publisher().stop();
        publisherFixture.close();
    }

    /** Appends this many commits of one action. */
    private void append(int commits) {
        database.transactions().run(scope -> {
            RoomStamps stamps = RoomStamps.lock(scope.connection(), Set.of(ROOM));
            stamps.next(Set.of(ROOM), 1);
            StatementPipeline closing = new StatementPipeline(scope.connection());
            stamps.save(closing);
            for (int i = 0; i < commits; i++) {
                log.append(closing, ANY_GROUP, List.of(aMutationOf(1)));
                closing.execute();
            }
            return commits;
        });
    }

    private BacklogRead<Long> read(long after, long upTo) {
        return read(Optional.empty(), after, upTo);
    }

    private BacklogRead<Long> read(Optional<Caller> user, long after, long upTo) {
        return publisherFixture
                .backlog()
                .read(List.of(ROOM), ALL, user, new Seq(after), new Seq(upTo), PLACE)
                .toCompletableFuture()
                .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] missed commits are read in order, up to the published position")
    void missed() {
        append(5);

        assertThat(read(2, 4)).isEqualTo(new BacklogRead.Page<>(List.of(3L, 4L), new Seq(4)));
        assertThat(read(4, 4)).isEqualTo(new BacklogRead.Page<>(List.of(), new Seq(4)));
    }

    @Test
    @Tag("ACC9")
    @DisplayName("[ACC9] a subscription to some collections misses nothing of the others, and its position passes them")
    void ofSomeCollections() {
        append(5);

        assertThat(publisherFixture
                        .backlog()
                        .read(
                                List.of(ROOM),
                                Visibility.of(Set.of(new CollectionName("tools"))),
                                Optional.empty(),
                                new Seq(2),
                                new Seq(5),
                                PLACE)
                        .toCompletableFuture()
                        .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                        .join())
                .isEqualTo(new BacklogRead.Page<>(List.of(), new Seq(5)));
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] a cursor between the published position and the head is valid: nothing was missed yet")
    void aheadOfTheRooms() {
        append(5);

        assertThat(read(5, 3)).isEqualTo(new BacklogRead.Page<>(List.of(), new Seq(5)));
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] below the floor and beyond the head the log cannot serve a cursor")
    void lost() {
        append(5);
        database.transactions().run(scope -> new Floors().prune(scope.connection(), 2));
        append(1);

        assertThat(read(4, 6)).isEqualTo(new BacklogRead.Lost<>());
        assertThat(read(5, 6)).isEqualTo(new BacklogRead.Page<>(List.of(6L), new Seq(6)));
        assertThat(read(7, 6)).isEqualTo(new BacklogRead.Lost<>());
    }

    /** Appends one mutation of these entries. */
    private void append(LogEntryFixture... entries) {
        database.transactions().run(scope -> {
            List<LogEntry> mutation =
                    Arrays.stream(entries).map(LogEntryFixture::entry).toList();
            Set<RoomId> rooms = mutation.stream().map(LogEntry::room).collect(Collectors.toSet());
            RoomStamps stamps = RoomStamps.lock(scope.connection(), rooms);
            stamps.next(rooms, 1);
            StatementPipeline closing = new StatementPipeline(scope.connection());
            stamps.save(closing);
            log.append(closing, ANY_GROUP, List.of(mutation));
            closing.execute();
            return mutation;
        });
    }

    private CompletableFuture<Deltas<List<Long>>> deltas(
            Visibility visibility, long after, int actionsMax, RoomId... rooms) {
        return publisherFixture
                .backlog()
                .deltas(List.of(rooms), visibility, new Seq(after), actionsMax, PLACES)
                .toCompletableFuture()
                .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static Deltas<List<Long>> page(long last, boolean more, List<List<Long>> commits) {
        return new Deltas<>(commits, new Seq(last), more);
    }

    @Test
    @Tag("STR6")
    @DisplayName(
            "[STR6] a page of deltas ends at its number of actions or at the end of a mutation, and states whether more follow")
    void deltas() {
        append(logEntryFixture());
        append(logEntryFixture(), logEntryFixture(), logEntryFixture());
        append(logEntryFixture());

        assertThat(deltas(ALL, 0, 1, ROOM).join()).isEqualTo(page(1, true, List.of(List.of(1L))));
        assertThat(deltas(ALL, 0, 2, ROOM).join()).isEqualTo(page(4, true, List.of(List.of(1L), List.of(2L, 3L, 4L))));
        assertThat(deltas(ALL, 4, 9, ROOM).join()).isEqualTo(page(5, false, List.of(List.of(5L))));
        assertThat(deltas(ALL, 5, 9, ROOM).join()).isEqualTo(page(5, false, List.of()));
    }

    @Test
    @Tag("ACC25")
    @DisplayName("[ACC25] the log does not serve a caller whose rights changed while they were offline")
    void rightsChangedMeanwhile() {
        Optional<Caller> bob = Optional.of(new Caller("workshop", Optional.of("bob"), Map.of(), Optional.empty()));
        append(logEntryFixture());
        append(logEntryFixture()
                .in(RoomId.own("workshop", "bob").name())
                .of(LogEntry.RIGHTS_COLLECTION.value())
                .as(LogEntry.Kind.RIGHTS));
        append(logEntryFixture());

        assertThat(read(bob, 1, 3)).isInstanceOf(BacklogRead.Page.class); // the action concerns another user
        database.transactions()
                .run(scope -> new ActionLog()
                        .append(
                                scope.connection(),
                                1,
                                List.of(List.of(LogEntry.rightsChanged(
                                        RoomId.own("workshop", "bob"), new EntityId("bob"), 1)))));
        append(logEntryFixture());

        assertThat(read(bob, 3, 5)).isEqualTo(new BacklogRead.Lost<>());
        assertThat(read(bob, 4, 5)).isEqualTo(new BacklogRead.Page<>(List.of(5L), new Seq(5)));
        assertThat(read(3, 5)).isEqualTo(new BacklogRead.Page<>(List.of(5L), new Seq(5)));
    }

    @Test
    @Tag("CS2")
    @DisplayName("[CS2] deltas after a position beyond the head are refused: the position is of a lost history")
    void deltasBeyondHead() {
        append(logEntryFixture());

        assertThatThrownBy(() -> deltas(ALL, 2, 9, ROOM).join()).hasMessageContaining("BOOTSTRAP_NEEDED");
    }

    @Test
    @Tag("STR6")
    @DisplayName(
            "[STR6] deltas of several rooms are in one order, a mutation in two of them is one; other rooms are left out")
    void deltasOfRooms() {
        append(logEntryFixture());
        append(logEntryFixture().in("p3"));
        append(logEntryFixture().in("p2"));
        append(logEntryFixture().in("p2"), logEntryFixture().in("p3"), logEntryFixture());
        append(logEntryFixture().in("p3"));

        assertThat(deltas(ALL, 0, 9, ROOM, OTHER).join())
                .isEqualTo(page(6, false, List.of(List.of(1L), List.of(3L), List.of(4L, 6L))));
        assertThat(deltas(ALL, 0, 9, OTHER).join()).isEqualTo(page(4, false, List.of(List.of(3L), List.of(4L))));
    }

    @Test
    @Tag("STR6")
    @DisplayName("[STR6] hidden actions appear in no deltas, and the position passes them")
    void deltasUnseen() {
        append(logEntryFixture().of("tools"));
        append(logEntryFixture().of("tools"));
        append(logEntryFixture());
        append(logEntryFixture().of("tools"));
        Map<RoomId, Visibility> oneOfTwo = Map.of(ROOM, ALL, OTHER, Visibility.of(Set.of()));

        Deltas<List<Long>> first = deltas(ALL, 0, 1, ROOM).join();
        assertThat(first.parts()).isEmpty();
        assertThat(first.more()).isTrue();
        assertThat(first.last()).isEqualTo(new Seq(1));
        assertThat(deltas(ALL, 0, 9, ROOM).join()).isEqualTo(page(3, false, List.of(List.of(3L))));
        append(logEntryFixture().in("p2"));
        assertThat(deltas(Visibility.of(oneOfTwo), 3, 9, ROOM, OTHER).join()).isEqualTo(page(3, false, List.of()));
    }

    @Test
    @Tag("STR6")
    @DisplayName(
            "[STR6] below the floor of one of its rooms a cursor cannot be served; floors of other rooms do not matter")
    void deltasLost() {
        append(logEntryFixture());
        append(logEntryFixture().in("p2"));
        database.transactions().run(scope -> new Floors().prune(scope.connection(), 2));
        append(logEntryFixture());

        assertThat(deltas(ALL, 1, 9, ROOM).join()).isEqualTo(page(3, false, List.of(List.of(3L))));
        assertThat(deltas(ALL, 2, 9, ROOM, OTHER).join()).isEqualTo(page(3, false, List.of(List.of(3L))));
        assertThatThrownBy(() -> deltas(ALL, 1, 9, ROOM, OTHER).join())
                .hasCauseInstanceOf(SyncException.class)
                .hasMessageContaining("read everything again");
        assertThatThrownBy(() -> deltas(ALL, 0, 9, ROOM).join()).hasCauseInstanceOf(SyncException.class);
    }

    /** Encodes positions, and records them. */
    private static final class Noting implements PageEncoder<Long> {
        private final BlockingQueue<Long> read = new LinkedBlockingQueue<>();

        @Override
        public List<Long> encode(List<Commit> commits) {
            List<Long> places =
                    commits.stream().map(commit -> commit.last().value()).toList();
            read.addAll(places);
            return places;
        }

        /** Unordered: one thread encodes a page, another one the next. */
        void awaitRead(Long... places) throws InterruptedException {
            List<Long> seen = new ArrayList<>();
            while (seen.size() < places.length) {
                seen.add(read.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS));
            }
            assertThat(seen).containsExactlyInAnyOrder(places);
        }
    }

    private <T> Deltas<T> inTurn(Visibility visibility, long after, PageEncoder<T> encoder) {
        return publisherFixture
                .backlog()
                .deltas(List.of(ROOM), visibility, new Seq(after), 1, encoder)
                .toCompletableFuture()
                .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    @Test
    @Tag("STR22")
    @DisplayName("[STR22] the next page is read before it is requested, and only once")
    void readAhead() throws InterruptedException {
        append(4);
        Noting encoder = new Noting();

        assertThat(inTurn(ALL, 0, encoder)).isEqualTo(new Deltas<>(List.of(1L), new Seq(1), true));
        encoder.awaitRead(1L, 2L);
        assertThat(inTurn(ALL, 1, encoder)).isEqualTo(new Deltas<>(List.of(2L), new Seq(2), true));
        encoder.awaitRead(3L);
    }

    @Test
    @Tag("STR22")
    @DisplayName("[STR22] the last page is read on request: it may have grown since")
    void grown() throws InterruptedException {
        append(2);
        Noting encoder = new Noting();
        inTurn(ALL, 0, encoder);
        encoder.awaitRead(1L, 2L);
        append(1);

        assertThat(inTurn(ALL, 1, encoder)).isEqualTo(new Deltas<>(List.of(2L), new Seq(2), true));
        assertThat(inTurn(ALL, 2, encoder)).isEqualTo(new Deltas<>(List.of(3L), new Seq(3), false));
    }

    @Test
    @Tag("STR22")
    @DisplayName("[STR22] a caller whose rights have changed gets no page that was read with the former rights")
    void otherRights() throws InterruptedException {
        append(3);
        Noting encoder = new Noting();
        inTurn(ALL, 0, encoder);
        encoder.awaitRead(1L, 2L);

        Visibility tools = Visibility.of(Set.of(new CollectionName("tools")));
        assertThat(inTurn(tools, 1, encoder).parts()).isEmpty();
    }

    @Test
    @Tag("STR22")
    @DisplayName("[STR22] a filter is applied when a page is requested, not before")
    void filtered() {
        append(3);
        CollectionName tasks = new CollectionName("tasks");
        AtomicBoolean shows = new AtomicBoolean(true);
        Visibility filtered = Visibility.of(Set.of(tasks), Set.of(tasks), Map.of(tasks, row -> shows.get()));
        PageEncoder<Boolean> isWithheld = commits -> commits.stream()
                .map(commit -> commit.has(LogEntry.Kind.WITHHELD))
                .toList();

        assertThat(inTurn(filtered, 0, isWithheld).parts()).containsExactly(false);
        shows.set(false);
        assertThat(inTurn(filtered, 1, isWithheld).parts()).containsExactly(true);
    }

    private static final RoomId ALICE = new RoomId("workshop", "alice");
    private static final RoomId BOB = new RoomId("workshop", "bob");

    /** Deltas of a room for a user who also receives changes of their own rights. */
    private Deltas<Long> deltasFor(RoomId own, long after, PageEncoder<Long> encoder) {
        Visibility visibility = Visibility.of(Map.of(ROOM, ALL, own, Visibility.of(Set.of())));
        return publisherFixture
                .backlog()
                .deltas(List.of(ROOM, own), visibility, new Seq(after), 9, encoder)
                .toCompletableFuture()
                .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    @Test
    @Tag("STR23")
    @DisplayName(
            "[STR23] a page is shared by callers that see the same, without reading it again; the last one until it grows")
    void sharedPage() throws InterruptedException {
        append(2);
        Noting encoder = new Noting();
        Deltas<Long> page = new Deltas<>(List.of(1L, 2L), new Seq(2), false);

        assertThat(deltasFor(ALICE, 0, encoder)).isEqualTo(page);
        encoder.awaitRead(1L, 2L);
        assertThat(deltasFor(BOB, 0, encoder)).isEqualTo(page);
        append(1);
        assertThat(deltasFor(BOB, 0, encoder).parts()).containsExactly(1L, 2L, 3L);
        encoder.awaitRead(1L, 2L, 3L); // bob's first page was not read again
    }

    @Test
    @Tag("STR23")
    @DisplayName("[STR23] a caller who must learn of changed rights does not get the shared page")
    void deltasAfterRights() {
        append(2);
        Noting encoder = new Noting();
        deltasFor(ALICE, 0, encoder);
        append(logEntryFixture().in("bob").as(LogEntry.Kind.RIGHTS));
        deltasFor(ALICE, 0, encoder);

        assertThat(deltasFor(BOB, 0, encoder).parts()).containsExactly(1L, 2L, 3L);
        assertThat(deltasFor(ALICE, 0, encoder).parts()).containsExactly(1L, 2L);
    }

    @Test
    @Tag("STR23")
    @DisplayName("[STR23] cached pages are not served below the floor")
    void prunedMeanwhile() {
        append(2);
        Noting encoder = new Noting();
        deltasFor(ALICE, 0, encoder);
        database.transactions().run(scope -> new Floors().prune(scope.connection(), 2));

        assertThatThrownBy(() -> deltasFor(BOB, 0, encoder)).hasCauseInstanceOf(SyncException.class);
    }

    @Test
    @Tag("STR23")
    @DisplayName("[STR23] pages that depend on a filter are not cached")
    void filteredAgain() {
        append(1);
        CollectionName tasks = new CollectionName("tasks");
        AtomicBoolean shows = new AtomicBoolean(true);
        Visibility filtered = Visibility.of(Set.of(tasks), Set.of(tasks), Map.of(tasks, row -> shows.get()));
        PageEncoder<Boolean> isWithheld = commits -> commits.stream()
                .map(commit -> commit.has(LogEntry.Kind.WITHHELD))
                .toList();

        assertThat(inTurn(filtered, 0, isWithheld).parts()).containsExactly(false);
        shows.set(false);
        assertThat(inTurn(filtered, 0, isWithheld).parts()).containsExactly(true);
    }

    @Test
    @Tag("WIRE4")
    @DisplayName("[WIRE4] more requests than parallel reads all get their page")
    void many() {
        append(3);
        var pages = IntStream.range(0, 10 * BacklogReader.READERS_MAX)
                .mapToObj(i -> publisherFixture
                        .backlog()
                        .read(List.of(ROOM), ALL, Optional.empty(), Seq.START, new Seq(3), PLACE))
                .toList();

        assertThat(pages)
                .allSatisfy(page -> assertThat(page.toCompletableFuture()
                                .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                                .join())
                        .isEqualTo(new BacklogRead.Page<>(List.of(1L, 2L, 3L), new Seq(3))));
    }
}
