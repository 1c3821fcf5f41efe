package dev.lockstep.delivery;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static dev.lockstep.log.LogEntryFixture.aMutationOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.ShownMetrics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Metrics of the way from a commit to its subscribers. */
class LagTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final int WAIT_SECONDS_MAX = 10;

    private final TestDatabase database = TestDatabase.h2().emptied();
    private final PublisherFixture publisherFixture = new PublisherFixture(database);
    private final ShownMetrics shown = ShownMetrics.of(publisherFixture.metrics());
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        publisherFixture.close();
    }

    private Commit committed() {
        return database.transactions()
                .run(scope -> new ActionLog().append(scope.connection(), ANY_GROUP, List.of(aMutationOf(1))))
                .getFirst();
    }

    private RecordingReader recordingReader() throws InterruptedException {
        RecordingReader recordingReader = new RecordingReader(received);
        publisherFixture.publisher().join(List.of(ROOM), recordingReader);
        recordingReader.awaitBeginning();
        return recordingReader;
    }

    private void receive(String what) throws InterruptedException {
        assertThat(received.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo(what);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it was not released");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] a commit is timed once, from its durability to its first session")
    void commitToSocket() throws InterruptedException {
        recordingReader();
        recordingReader();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        publisherFixture.publisher().publish(List.of(new CommittedMutation(Optional.empty(), () -> {
            busy.countDown();
            await(released);
        })));
        await(busy);
        long before = System.nanoTime();
        publisherFixture.publisher().publish(List.of(new CommittedMutation(Optional.of(committed()), () -> {})));
        long published = System.nanoTime();
        assertThat(shown.value("lockstep_lag_oldest_batch_seconds")).isPositive();
        long seen = System.nanoTime();
        released.countDown();
        receive("commit 1");
        receive("commit 1");
        long end = System.nanoTime();

        assertThat(shown.value("lockstep_commit_to_socket_seconds_within{le=+Inf}"))
                .isEqualTo(1);
        assertThat(shown.value("lockstep_commit_to_socket_seconds_sum"))
                .isBetween((seen - published) / 1e9, (end - before) / 1e9);
        assertThat(shown.value("lockstep_lag_oldest_batch_seconds")).isZero();
        assertThat(shown.value("lockstep_lag_actions")).isZero();
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] a poll that finds commits of others counts as found, any other one only as a poll")
    void polls() throws InterruptedException {
        recordingReader();
        committed();
        receive("commit 1");

        assertThat(shown.value("lockstep_head_polls_with_changes")).isEqualTo(1);
        assertThat(shown.value("lockstep_head_polls")).isGreaterThanOrEqualTo(1);
        assertThat(shown.value("lockstep_commit_to_socket_seconds_within{le=+Inf}"))
                .isEqualTo(1);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] a room counts as open while it has a subscriber")
    void rooms() throws InterruptedException {
        RecordingReader first = recordingReader();
        assertThat(shown.value("lockstep_rooms_open")).isEqualTo(1);

        publisherFixture.publisher().leave(List.of(ROOM), first);
        CountDownLatch left = new CountDownLatch(1);
        publisherFixture.publisher().publish(List.of(new CommittedMutation(Optional.empty(), left::countDown)));
        await(left);
        assertThat(shown.value("lockstep_rooms_open")).isZero();
    }
}
