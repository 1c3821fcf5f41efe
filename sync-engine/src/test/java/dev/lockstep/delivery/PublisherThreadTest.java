package dev.lockstep.delivery;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static dev.lockstep.log.LogEntryFixture.aMutationOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PublisherThreadTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");

    private final TestDatabase database = TestDatabase.h2().emptied();
    private final ExhaustedPool pool = new ExhaustedPool(database.transactions());
    private final PublisherFixture publisherFixture = new PublisherFixture(database, pool);
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @BeforeEach
    void subscribe() throws InterruptedException {
        RecordingReader recordingReader = new RecordingReader(received);
        publisherFixture.publisher().join(List.of(ROOM), recordingReader);
        recordingReader.awaitBeginning();
    }

    @AfterEach
    void close() {
        pool.refill();
        publisherFixture.close();
    }

    /** A commit in the database without a notification. */
    private Commit committed() {
        return database.transactions()
                .run(scope -> new ActionLog().append(scope.connection(), ANY_GROUP, List.of(aMutationOf(1))))
                .getFirst();
    }

    private CommittedMutation answered(Commit commit) {
        return new CommittedMutation(Optional.of(commit), () -> received.add("answer " + commit.last()));
    }

    private List<String> receive(int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(String.valueOf(received.poll(10, TimeUnit.SECONDS)));
        }
        return taken;
    }

    /** Keeps the publisher busy, so that it does not poll the head before the batch is published. */
    private void busyWhile(Runnable work) {
        CountDownLatch released = new CountDownLatch(1);
        publisherFixture.publisher().publish(List.of(new CommittedMutation(Optional.empty(), () -> await(released))));
        work.run();
        released.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it was not released");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("PUB1")
    @DisplayName("[PUB1] answers of a batch are delivered before its frames")
    void answersFirst() throws InterruptedException {
        busyWhile(() -> publisherFixture.publisher().publish(List.of(answered(committed()), answered(committed()))));

        assertThat(receive(4)).containsExactly("answer 1", "answer 2", "commit 1", "commit 2");
    }

    @Test
    @Tag("PUB1")
    @DisplayName("[PUB1] a poll that finds a batch before its publication leaves it to its answers")
    void lookInBetween() throws InterruptedException {
        publisherFixture.publisher().announce();
        Commit own = committed();
        committed(); // another node's commit, right behind it
        publisherFixture.publisher().pollNow();
        publisherFixture.publisher().publish(List.of(answered(own)));

        assertThat(receive(3)).containsExactly("answer 1", "commit 1", "commit 2");
    }

    @Test
    @Tag("PUB2")
    @DisplayName("[PUB2] a withdrawn batch that is in the log is found there")
    void withdrawn() throws InterruptedException {
        publisherFixture.publisher().announce();
        committed();
        publisherFixture.publisher().pollNow();
        publisherFixture.publisher().withdraw();

        assertThat(receive(1)).containsExactly("commit 1");
    }

    @Test
    @Tag("PUB1")
    @DisplayName("[PUB1] a failing answer delays no other answer")
    void brokenAnswer() throws InterruptedException {
        busyWhile(() -> {
            CommittedMutation broken = new CommittedMutation(Optional.of(committed()), () -> {
                throw new IllegalStateException("the socket is gone");
            });
            publisherFixture.publisher().publish(List.of(broken, answered(committed())));
        });

        assertThat(receive(3)).containsExactly("answer 2", "commit 1", "commit 2");
    }

    @Test
    @Tag("PUB2")
    @DisplayName("[PUB2] a batch with failing answers does not stop the polling of the log")
    void brokenGroup() throws InterruptedException {
        List<CommittedMutation> broken = new AbstractList<>() {
            @Override
            public CommittedMutation get(int index) {
                throw new OutOfMemoryError("as the test wants it");
            }

            @Override
            public int size() {
                return 1;
            }
        };
        publisherFixture.publisher().announce();
        publisherFixture.publisher().publish(broken);
        committed();

        assertThat(receive(1)).containsExactly("commit 1");
    }

    @Test
    @Tag("PUB2")
    @DisplayName(
            "[PUB2] commits that another node appended in between are read from the log, in order, and nothing is sent twice")
    void commitsOfAnotherNode() throws InterruptedException {
        Commit own = committed();
        committed();
        Commit later = committed();
        publisherFixture.publisher().publish(List.of(answered(own)));
        publisherFixture.publisher().publish(List.of(answered(later)));

        assertThat(receive(5))
                .filteredOn(each -> each.startsWith("commit"))
                .containsExactly("commit 1", "commit 2", "commit 3");
        busyWhile(() -> publisherFixture.publisher().publish(List.of(answered(committed()))));
        assertThat(receive(2)).containsExactly("answer 4", "commit 4");
    }

    @Test
    @Tag("PUB2")
    @DisplayName("[PUB2] commits without a notification are found by polling the head")
    void withoutNotification() throws InterruptedException {
        committed();
        committed();

        assertThat(receive(2)).containsExactly("commit 1", "commit 2");
    }

    @Test
    @Tag("PUB3")
    @DisplayName("[PUB3] while the pool has no connection for reading the log, answers and frames continue")
    void exhaustedPool() throws InterruptedException {
        pool.exhaust();
        publisherFixture.publisher().pollNow();
        pool.awaitReader();
        for (int i = 0; i < 3; i++) {
            publisherFixture.publisher().announce();
            publisherFixture.publisher().publish(List.of(answered(committed())));
        }

        assertThat(receive(6)).containsExactly("answer 1", "commit 1", "answer 2", "commit 2", "answer 3", "commit 3");
    }

    @Test
    @Tag("PUB2")
    @Tag("PUB3")
    @DisplayName("[PUB2][PUB3] frames behind another node's commit wait until it can be read; their answers do not")
    void gapWhileExhausted() throws InterruptedException {
        pool.exhaust();
        committed();
        publisherFixture.publisher().publish(List.of(answered(committed()), answered(committed())));
        committed();
        publisherFixture.publisher().publish(List.of(answered(committed())));
        assertThat(receive(3)).containsExactly("answer 2", "answer 3", "answer 5");
        assertThat(received).isEmpty();

        pool.refill();
        assertThat(receive(5)).containsExactly("commit 1", "commit 2", "commit 3", "commit 4", "commit 5");
    }

    @Test
    @Tag("PUB2")
    @Tag("PUB3")
    @DisplayName("[PUB2][PUB3] a log of many pages is read in order while the writer publishes batches")
    void manyPages() throws InterruptedException {
        pool.exhaust();
        int foreign = 2 * LogPoller.PAGE_ACTIONS_MAX + 10;
        for (int i = 0; i < foreign; i++) {
            committed();
        }
        pool.refill();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= foreign; i++) {
            expected.add("commit " + i);
        }
        for (int i = 1; i <= 20; i++) {
            Commit own = committed();
            expected.add("commit " + own.last());
            publisherFixture.publisher().announce();
            publisherFixture.publisher().publish(List.of(new CommittedMutation(Optional.of(own), () -> {})));
        }

        assertThat(receive(foreign + 20)).isEqualTo(expected);
    }

    @Test
    @Tag("LOG9")
    @DisplayName(
            "[LOG9] after a restore, subscribers are disconnected with the reason, and new ones receive new commits")
    void restored() throws InterruptedException {
        AtomicInteger restores = new AtomicInteger();
        publisherFixture.publisher().onRestore(restores::incrementAndGet);
        committed();
        assertThat(receive(1)).containsExactly("commit 1");
        database.transactions().run(scope -> {
            try (var statement = scope.connection().createStatement()) {
                return statement.executeUpdate("update lockstep_epoch set restored = true");
            }
        });

        assertThat(receive(1)).containsExactly("history lost");
        assertThat(restores).hasValue(1);
        RecordingReader again = new RecordingReader(received);
        publisherFixture.publisher().join(List.of(ROOM), again);
        again.awaitBeginning();
        Commit next = committed();
        assertThat(receive(1)).containsExactly("commit " + next.last());
        assertThat(next.last().value()).isGreaterThan(1_000_000_000_000_000L);
        assertThat(received).isEmpty();
    }
}
