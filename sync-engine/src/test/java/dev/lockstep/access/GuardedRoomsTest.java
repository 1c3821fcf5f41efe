package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.policy.Policies;
import dev.lockstep.access.policy.ReadFilters;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.delivery.PublisherFixture;
import dev.lockstep.handler.Handlers;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomSubscriber;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames of callers that may read some collections of a room. */
@OnEveryDatabase
class GuardedRoomsTest {
    private static final int WAIT_SECONDS_MAX = 30;
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final Encoder<List<String>> COLLECTIONS = commit -> commit.actions().stream()
            .map(action -> action.entry().collection() + " " + action.entry().entityId())
            .toList();

    private final PublisherFixture publisherFixture;
    private final EngineFixture engine;

    GuardedRoomsTest(TestDatabase database) {
        publisherFixture = new PublisherFixture(
                database.emptied(), GuardedRooms.class, ReadFilters.class, Handlers.class, Policies.class);
        engine = new EngineFixture(database);
    }

    @AfterEach
    void stop() {
        publisherFixture.close();
    }

    /** Puts every delivery into a queue. */
    private static final class TestSubscriber implements RoomSubscriber {
        private final CompletableFuture<Joined> joined = new CompletableFuture<>();
        private final BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();

        @Override
        public void onJoined(Joined at) {
            joined.complete(at);
        }

        @Override
        public void onAvailable() {
            Feed feed = joined.join().feed();
            while (feed.next() instanceof Feed.Next.Ready ready) {
                received.add(ready.encoded().encodedBy(COLLECTIONS));
            }
        }

        Joined awaitJoined() throws Exception {
            return joined.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        }

        List<String> next() throws InterruptedException {
            List<String> next = received.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing is heard");
            }
            return next;
        }
    }

    private RoomSubscription subscribe(TestSubscriber subscriber, String... collections) {
        Set<CollectionName> names =
                Set.copyOf(Arrays.stream(collections).map(CollectionName::new).toList());
        return publisherFixture
                .select(GuardedRooms.class)
                .rights(RoomAccessRequest.toSubscribe(Caller.anonymous("workshop"), ROOM, names))
                .toCompletableFuture()
                .join()
                .subscribe(subscriber);
    }

    private void insert(String collection, String id, String field) {
        assertThat(Results.isApplied(
                        engine.alone(MutationFixture.in("p1").inserts(collection, id, Map.of(field, "some text")))))
                .isTrue();
    }

    @Test
    @Tag("ACC9")
    @DisplayName("[ACC9] a subscription receives its own collections only: frames, counters and missed commits")
    void partial() throws Exception {
        insert("tasks", "one", "title");
        insert("steps", "hidden", "text");
        TestSubscriber subscriber = new TestSubscriber();
        RoomSubscription roomSubscription = subscribe(subscriber, "tasks", "binders");
        assertThat(subscriber.awaitJoined().frameNumbers()).isEqualTo(Map.of(new CollectionName("tasks"), 1L));

        insert("steps", "hidden too", "text");
        insert("tools", "hidden as well", "name");
        insert("tasks", "two", "title");
        assertThat(subscriber.next()).containsExactly("tasks two");

        BacklogRead<List<String>> read = roomSubscription
                .missed(Seq.START, new Seq(5), COLLECTIONS)
                .toCompletableFuture()
                .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        assertThat(read)
                .isEqualTo(new BacklogRead.Page<>(List.of(List.of("tasks one"), List.of("tasks two")), new Seq(5)));
        roomSubscription.close();
    }

    @Test
    @Tag("ACC9")
    @DisplayName("[ACC9] a subscriber that rejoins after falling behind sees no more than before")
    void rejoining() throws Exception {
        TestSubscriber first = new TestSubscriber();
        RoomSubscription roomSubscription = subscribe(first, "tasks");
        first.awaitJoined();
        insert("steps", "hidden", "text");
        insert("tasks", "one", "title");
        assertThat(first.next()).containsExactly("tasks one");
        roomSubscription.rejoin();
        insert("steps", "hidden too", "text");
        insert("tasks", "two", "title");

        assertThat(first.next()).containsExactly("tasks two");
        roomSubscription.close();
    }
}
