package dev.lockstep.delivery;

import dev.lockstep.api.RoomId;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntryFixture;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Time from a commit to the last subscriber of its room, without sockets. */
public final class FanOutBenchmark {
    private static final int COMMITS = 2_000;
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final Encoder<Commit> AS_IT_IS = commit -> commit;

    private FanOutBenchmark() {}

    /** Reads every delivery at once. */
    private static final class Counting implements RoomSubscriber {
        private final CountDownLatch joined;
        private @Nullable Feed feed;
        private volatile long received;

        Counting(CountDownLatch joined) {
            this.joined = joined;
        }

        @Override
        public void onJoined(Joined at) {
            feed = at.feed();
            joined.countDown();
        }

        @Override
        public void onAvailable() {
            while (feed != null && feed.next() instanceof Feed.Next.Ready ready) {
                received = ready.encoded().encodedBy(AS_IT_IS).last().value();
            }
        }
    }

    public static void run() throws InterruptedException {
        System.out.printf("%-28s %8s %8s%n", "commit to the last subscriber", "p50 us", "p99 us");
        for (int subscribers : new int[] {1, 100, 1_000}) {
            run(subscribers);
        }
    }

    private static void run(int count) throws InterruptedException {
        TestDatabase database = TestDatabase.durablePostgresql().emptied();
        try (PublisherFixture publisherFixture = new PublisherFixture(database)) {
            CountDownLatch joined = new CountDownLatch(count);
            List<Counting> subscribers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Counting subscriber = new Counting(joined);
                subscribers.add(subscriber);
                publisherFixture.publisher().join(List.of(ROOM), subscriber);
            }
            if (!joined.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("subscribers could not join");
            }
            long[] micros = new long[COMMITS];
            for (int i = 0; i < COMMITS; i++) {
                micros[i] = deliver(publisherFixture, database, subscribers) / 1_000;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            Arrays.sort(micros);
            System.out.printf("%-28s %8d %8d%n", count, micros[COMMITS / 2], micros[COMMITS * 99 / 100]);
        }
    }

    /** Commits, publishes, and waits until the last subscriber has read it. */
    private static long deliver(PublisherFixture publisherFixture, TestDatabase database, List<Counting> subscribers) {
        Commit commit = database.transactions()
                .run(scope -> new ActionLog()
                        .append(scope.connection(), LogEntryFixture.ANY_GROUP, List.of(LogEntryFixture.aMutationOf(1))))
                .getFirst();
        long committed = System.nanoTime();
        publisherFixture.publisher().announce();
        publisherFixture.publisher().publish(List.of(new CommittedMutation(Optional.of(commit), () -> {})));
        for (Counting subscriber : subscribers) {
            while (subscriber.received < commit.last().value()) {
                Thread.onSpinWait();
            }
        }
        return System.nanoTime() - committed;
    }
}
