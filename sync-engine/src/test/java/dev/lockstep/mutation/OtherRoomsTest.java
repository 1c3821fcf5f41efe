package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.delivery.ExhaustedPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers and frames of other rooms, while application code of one room blocks, or the pool has no connection. */
class OtherRoomsTest {
    private static final String BLOCKED = "blocked";
    private static final int WAIT_SECONDS_MAX = 10;

    /** More than run at a time: of one room's application code, and of the backlog's readers. */
    private static final int MANY = 20;

    /** Mutations of each of the other rooms: this many without blocking, and as many with it. */
    private static final int ROUNDS = 40;

    /** The longest additional median delay of answers and frames under blocking. */
    private static final Duration MEDIAN_DELAY_MAX = Duration.ofMillis(50);

    /** The longest delay of any answer or frame, also on a busy machine. */
    private static final Duration LATEST_MAX = Duration.ofSeconds(2);

    private final CountDownLatch end = new CountDownLatch(1);
    private final Semaphore blocking = new Semaphore(0);
    private final ExhaustedPool pool =
            new ExhaustedPool(TestDatabase.h2().emptied().transactions());
    private final WholeEngine engine = new WholeEngine(
            TestDatabase.h2(),
            pool,
            AccessPolicy.builder()
                    .readFilter("tasks", (access, row) -> !access.room().name().equals(BLOCKED) || block())
                    .build());
    private final Subscriber filtered = subscriber("p1", "tasks");
    private final Subscriber unfiltered = subscriber("p2", "steps");
    private int rounds;
    private Times unblocked;

    /** Delays of answers and frames in nanoseconds, from the submission of their mutations. */
    private record Times(List<Long> answers, List<Long> frames) {
        private static Duration median(List<Long> nanos) {
            return Duration.ofNanos(nanos.stream().sorted().toList().get(nanos.size() / 2));
        }

        void assertNotLaterThan(Times before) {
            assertNotLater("answers", answers, before.answers());
            assertNotLater("frames", frames, before.frames());
        }

        private static void assertNotLater(String what, List<Long> nanos, List<Long> before) {
            assertThat(median(nanos).minus(median(before)))
                    .as("how much later half of all %s come", what)
                    .isLessThan(MEDIAN_DELAY_MAX);
            assertThat(Duration.ofNanos(Collections.max(nanos)))
                    .as("the latest of all %s", what)
                    .isLessThan(LATEST_MAX);
        }
    }

    @BeforeEach
    void subscribe() throws InterruptedException {
        filtered.joined();
        unfiltered.joined();
        measure(); // compiles the measured code
        unblocked = measure();
    }

    @AfterEach
    void close() {
        end.countDown();
        pool.refill();
        engine.close();
    }

    private boolean block() {
        blocking.release();
        try {
            return end.await(10L * WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitBlocked(int threads) throws InterruptedException {
        assertThat(blocking.tryAcquire(threads, WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                .as("so many threads block in application code: " + threads)
                .isTrue();
    }

    private Subscriber subscriber(String room, String collection) {
        return Subscriber.of(engine, engine.rights("alice", new RoomId("workshop", room), collection));
    }

    private static Mutation task(String room, int number) {
        return MutationFixture.in(room)
                .by("c", room + number)
                .inserts("tasks", "task of " + room + " " + number, Map.of("title", "t"));
    }

    private static Mutation step(String room, int number) {
        return MutationFixture.in(room)
                .by("c", room + number)
                .inserts("steps", "step of " + room + " " + number, Map.of("text", "t"));
    }

    /** Mutations of the other rooms, one after another. */
    private Times measure() throws InterruptedException {
        Times times = new Times(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < ROUNDS; i++) {
            measure(task("p1", rounds), filtered, times);
            measure(step("p2", rounds), unfiltered, times);
            rounds++;
        }
        return times;
    }

    private void measure(Mutation mutation, Subscriber subscriber, Times times) throws InterruptedException {
        long begun = System.nanoTime();
        CompletableFuture<Long> answered = engine.submit(mutation)
                .thenApply(answer -> {
                    assertThat(Results.isApplied(answer)).isTrue();
                    return System.nanoTime();
                })
                .toCompletableFuture();
        times.answers()
                .add(answered.orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS).join() - begun);
        Subscriber.Frame frame = subscriber.next();
        assertThat(frame.commit().actions().getFirst().entry().mutationId()).isEqualTo(mutation.id());
        times.frames().add(frame.atNanos() - begun);
    }

    @Test
    @Tag("PUB3")
    @DisplayName("[PUB3] a read filter that blocks delays answers and frames of other rooms by less than 50 ms")
    void filter() throws InterruptedException {
        for (int i = 0; i < MANY; i++) {
            subscriber(BLOCKED, "tasks").joined();
        }
        for (int i = 0; i < MANY; i++) {
            var answer = engine.submit(task(BLOCKED, i)); // its answer contains the row, and the subscribers read it
            assertThat(answer.toCompletableFuture()).isNotDone();
        }
        awaitBlocked(2); // of answers, and of frames
        Subscriber late = subscriber(BLOCKED, "tasks").joined();
        for (int i = 0; i < MANY; i++) {
            var read = late.missed(new Seq(1));
            assertThat(read.toCompletableFuture()).isNotDone();
        }

        measure().assertNotLaterThan(unblocked);
    }

    @Test
    @Tag("PUB3")
    @DisplayName(
            "[PUB3] a continuation of a public stage that blocks delays answers and frames of other rooms by less than 50 ms")
    void continuation() throws InterruptedException {
        Thread test = Thread.currentThread(); // runs the continuation of a stage that is complete already
        for (int i = 0; i < MANY; i++) {
            var unused = engine.applicationMutations()
                    .submit(task(BLOCKED, i))
                    .thenApply(answer -> Thread.currentThread().equals(test) || block());
        }
        awaitBlocked(1);

        measure().assertNotLaterThan(unblocked);
    }

    @Test
    @Tag("PUB3")
    @DisplayName(
            "[PUB3] a pool without a connection for readers delays answers and frames of other rooms by less than 50 ms")
    void pool() throws InterruptedException {
        Subscriber known = subscriber(BLOCKED, "steps").joined();
        pool.exhaust();
        Subscriber opening = subscriber("another", "steps");
        engine.publisher().pollNow();
        for (int i = 0; i < MANY; i++) {
            var read = known.missed(new Seq(1));
            assertThat(read.toCompletableFuture()).isNotDone();
        }
        pool.awaitReader();

        measure().assertNotLaterThan(unblocked);
        assertThat(opening.hasJoined()).isFalse();
    }
}
