package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.RoomSubscription.RightsUpdate;
import dev.lockstep.access.policy.Policies;
import dev.lockstep.access.policy.ReadFilters;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.delivery.PublisherFixture;
import dev.lockstep.handler.Handlers;
import dev.lockstep.log.Action;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.sample.ColourFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Live and missed frames of callers that may read some rows of a room. */
@OnEveryDatabase
class FilteredRoomsTest {
    private static final int WAIT_SECONDS_MAX = 30;
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final Set<CollectionName> BOTH = Set.of(new CollectionName("tasks"), new CollectionName("steps"));
    private static final Encoder<List<String>> TOLD =
            commit -> commit.actions().stream().map(FilteredRoomsTest::encoded).toList();

    private final PublisherFixture publisherFixture;
    private final EngineFixture engine;
    private final ColourFilter colours;
    private final GuardedRooms rooms;

    FilteredRoomsTest(TestDatabase database) {
        publisherFixture = new PublisherFixture(
                database.emptied(),
                GuardedRooms.class,
                ReadFilters.class,
                Handlers.class,
                Policies.class,
                ColourFilter.class);
        engine = new EngineFixture(database, TestDatabase.collections("tasks"));
        colours = publisherFixture.select(ColourFilter.class);
        rooms = publisherFixture.select(GuardedRooms.class);
    }

    @AfterEach
    void stop() {
        publisherFixture.close();
    }

    /** All values that a dialect may use in a frame. */
    private static String encoded(Action action) {
        LogEntry entry = action.entry();
        return switch (entry.kind()) {
            case RIGHTS, EVENTS, WITHHELD ->
                action.number() + " withheld " + entry.scope().orElse("")
                        + entry.mutationId().isPresent();
            case DELETE -> action.number() + " delete " + entry.entityId();
            case INSERT, UPDATE, ARCHIVE, UNARCHIVE ->
                action.number() + " " + (entry.kind() == LogEntry.Kind.INSERT ? "insert " : "update ")
                        + entry.entityId() + " "
                        + entry.rowAfter().orElseThrow().replaceFirst(".*\"title\":\"([^\"]*)\".*", "$1");
        };
    }

    /** Keeps its feed, and reads when the test requests it. */
    private static final class TestSubscriber implements RoomSubscriber {
        private final CompletableFuture<Joined> joined = new CompletableFuture<>();
        private final BlockingQueue<Boolean> rung = new LinkedBlockingQueue<>();

        @Override
        public void onJoined(Joined at) {
            joined.complete(at);
        }

        @Override
        public void onAvailable() {
            rung.add(true);
        }

        List<String> next() throws Exception {
            Feed feed = joined.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS).feed();
            Feed.Next next = feed.next();
            while (!(next instanceof Feed.Next.Ready)) {
                if (rung.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS) == null) {
                    throw new AssertionError("nothing is heard");
                }
                next = feed.next();
            }
            return ((Feed.Next.Ready) next).encoded().encodedBy(TOLD);
        }
    }

    private ReadCapability capability() {
        Caller alice = new Caller("workshop", Optional.of("alice"), Map.of(), Optional.empty());
        return rooms.rights(RoomAccessRequest.toSubscribe(alice, ROOM, BOTH))
                .toCompletableFuture()
                .join();
    }

    private RoomSubscription subscribe(TestSubscriber subscriber) {
        RoomSubscription roomSubscription = capability().subscribe(subscriber);
        subscriber.joined.orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS).join();
        return roomSubscription;
    }

    private RightsUpdate reevaluated(RoomSubscription roomSubscription) {
        return roomSubscription.updateRights(capability());
    }

    private void done(Mutation mutation) {
        assertThat(Results.isApplied(engine.alone(mutation))).isTrue();
    }

    private static MutationFixture room() {
        return MutationFixture.in("p1").by("client", "any-" + System.nanoTime());
    }

    private void insert(String id, String title) {
        done(room().inserts("tasks", id, Map.of("title", title)));
    }

    private void retitle(String id, String title) {
        done(room().updates("tasks", id, Map.of("title", title)));
    }

    private void delete(String id) {
        done(room().deletes("tasks", id));
    }

    private void lifeOfRows() {
        insert("a", "red:1");
        insert("b", "blue:1");
        retitle("a", "red:2");
        retitle("b", "blue:2");
        retitle("a", "blue:3");
        retitle("b", "red:3");
        delete("a");
        delete("b");
    }

    private static final List<List<String>> SEEN_OF_RED = List.of(
            List.of("1 insert a red:1"),
            List.of("2 withheld false"),
            List.of("3 update a red:2"),
            List.of("4 withheld false"),
            List.of("5 delete a"),
            List.of("6 insert b red:3"),
            List.of("7 withheld false"),
            List.of("8 delete b"));

    @Test
    @Tag("ACC17")
    @DisplayName(
            "[ACC17] live, a row that becomes visible is an insert, one that becomes hidden is a delete, other changes are numbers only")
    void live() throws Exception {
        colours.show("alice", "red");
        TestSubscriber subscriber = new TestSubscriber();
        RoomSubscription roomSubscription = subscribe(subscriber);
        lifeOfRows();

        for (List<String> commit : SEEN_OF_RED) {
            assertThat(subscriber.next()).isEqualTo(commit);
        }
        roomSubscription.close();
    }

    @Test
    @Tag("ACC17")
    @DisplayName("[ACC17] missed commits are filtered like live ones")
    void missed() throws Exception {
        colours.show("alice", "red");
        lifeOfRows();
        RoomSubscription roomSubscription = subscribe(new TestSubscriber());

        assertThat(roomSubscription
                        .missed(Seq.START, new Seq(8), TOLD)
                        .toCompletableFuture()
                        .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                .isEqualTo(new BacklogRead.Page<>(SEEN_OF_RED, new Seq(8)));
        roomSubscription.close();
    }

    @Test
    @Tag("ACC17")
    @DisplayName("[ACC17] a filter that throws hides the row; collections without a filter are unchanged")
    void broken() throws Exception {
        colours.show("alice", "broken");
        TestSubscriber subscriber = new TestSubscriber();
        RoomSubscription roomSubscription = subscribe(subscriber);
        insert("a", "broken:1");
        done(room().inserts("steps", "s", Map.of("text", "some text")));

        assertThat(subscriber.next()).containsExactly("1 withheld false");
        assertThat(subscriber.next()).hasSize(1).first().asString().startsWith("1 insert s ");
        roomSubscription.close();
    }

    @Test
    @Tag("ACC17")
    @DisplayName("[ACC17] updates of a filtered collection have one frame each, whatever the mutation")
    void bulk() throws Exception {
        colours.show("alice", "red");
        insert("a", "red:1");
        insert("b", "red:1");
        insert("c", "blue:1");
        TestSubscriber subscriber = new TestSubscriber();
        RoomSubscription roomSubscription = subscribe(subscriber);
        done(room().retitlesTasks(Map.of("a", "red:2", "b", "blue:2", "c", "red:2")));

        assertThat(subscriber.next()).containsExactly("4 update a red:2", "5 delete b", "6 insert c red:2");
        roomSubscription.close();
    }

    @Test
    @Tag("ACC19")
    @DisplayName("[ACC19] new rights filter what still waits, and the result names collections whose rows may be stale")
    void changed() throws Exception {
        colours.show("alice", "red");
        TestSubscriber subscriber = new TestSubscriber();
        RoomSubscription roomSubscription = subscribe(subscriber);
        insert("a", "red:1");
        assertThat(subscriber.next()).containsExactly("1 insert a red:1");
        insert("b", "red:1");
        colours.show("alice", "blue");
        insert("c", "blue:1");

        assertThat(reevaluated(roomSubscription))
                .isEqualTo(new RightsUpdate.Continued(Set.of(new CollectionName("tasks"))));
        assertThat(subscriber.next()).containsExactly("2 withheld false");
        assertThat(subscriber.next()).containsExactly("3 insert c blue:1");
        assertThat(roomSubscription
                        .missed(Seq.START, new Seq(3), TOLD)
                        .toCompletableFuture()
                        .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                .isEqualTo(new BacklogRead.Page<>(
                        List.of(List.of("1 withheld false"), List.of("2 withheld false"), List.of("3 insert c blue:1")),
                        new Seq(3)));
        roomSubscription.close();
    }
}
