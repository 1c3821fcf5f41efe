package dev.lockstep.delivery;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static dev.lockstep.log.LogEntryFixture.aMutationOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Visibility;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Application code that blocks until the test ends. */
class BlockedApplicationTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final RoomId BLOCKED = new RoomId("workshop", "blocked");
    private static final CollectionName TASKS = new CollectionName("tasks");
    private static final Encoder<Long> PLACE = commit -> commit.last().value();
    private static final int WAIT_SECONDS_MAX = 30;

    /** More than run at a time, for one room and for readers of the backlog. */
    private static final int MANY = 20;

    private final TestDatabase database = TestDatabase.h2().emptied();
    private final PublisherFixture publisherFixture = new PublisherFixture(database, ApplicationStages.class);
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        publisherFixture.close();
    }

    private boolean block() {
        try {
            return end.await(2L * WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Commit committed() {
        return database.transactions()
                .run(scope -> new ActionLog().append(scope.connection(), ANY_GROUP, List.of(aMutationOf(1))))
                .getFirst();
    }

    private String receive() throws InterruptedException {
        return String.valueOf(received.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS));
    }

    /** A public stage of a room, and the publisher's value for it. */
    private CommittedMutation answered(RoomId room, Runnable continuation) {
        CompletableFuture<String> raw = new CompletableFuture<>();
        CompletionStage<String> stage =
                publisherFixture.select(ApplicationStages.class).of(room, raw);
        var unused = stage.thenAccept(done -> continuation.run());
        return new CommittedMutation(Optional.empty(), () -> raw.complete("done"));
    }

    @Test
    @Tag("PUB3")
    @DisplayName(
            "[PUB3] continuations of public stages that block forever delay neither answers nor frames of other rooms")
    void continuation() throws InterruptedException {
        RecordingReader recordingReader = new RecordingReader(received);
        publisherFixture.publisher().join(List.of(ROOM), recordingReader);
        recordingReader.awaitBeginning();
        for (int i = 0; i < MANY; i++) {
            publisherFixture.publisher().publish(List.of(answered(BLOCKED, this::block)));
        }
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        publisherFixture
                .publisher()
                .publish(List.of(
                        answered(ROOM, () -> threads.add(Thread.currentThread().getName()))));
        Commit commit = committed();
        publisherFixture
                .publisher()
                .publish(List.of(new CommittedMutation(Optional.of(commit), () -> received.add("answer"))));

        assertThat(receive()).isEqualTo("answer");
        assertThat(receive()).isEqualTo("commit 1");
        assertThat(threads.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).startsWith("lockstep-application-");
    }

    private CompletableFuture<BacklogRead<Long>> missed(RoomId room, Predicate<Row> filter) {
        Visibility visibility = Visibility.of(Set.of(TASKS), Set.of(TASKS), Map.of(TASKS, filter));
        return publisherFixture
                .backlog()
                .read(List.of(room), visibility, Optional.empty(), Seq.START, new Seq(1), PLACE)
                .toCompletableFuture();
    }

    @Test
    @Tag("PUB3")
    @DisplayName("[PUB3] read filters that block forever delay no backlog of another room")
    void filtersOfTheBacklog() {
        committed();
        for (int i = 0; i < MANY; i++) {
            CompletableFuture<BacklogRead<Long>> never = missed(ROOM, row -> block());
            assertThat(never).isNotDone();
        }

        assertThat(missed(BLOCKED, row -> true)
                        .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                        .join())
                .isEqualTo(new BacklogRead.Page<>(List.of(), new Seq(1)));
    }

    @Test
    @Tag("PUB3")
    @DisplayName("[PUB3] application code runs neither on the publisher's nor on the writer's thread")
    void threads() {
        assertThat(ApplicationExecutor.isApplicationThread(new Thread(null, () -> {}, "lockstep-publisher")))
                .isFalse();
        assertThat(ApplicationExecutor.isApplicationThread(new Thread(null, () -> {}, "lockstep-writer")))
                .isFalse();
        assertThat(ApplicationExecutor.isApplicationThread(new Thread(null, () -> {}, "lockstep-application-1")))
                .isTrue();
    }
}
