package dev.lockstep.log;

import static dev.lockstep.log.LogEntryFixture.aMutationOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Positions after a database was restored from a backup. */
@OnEveryDatabase
class EpochsTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");

    private final TestDatabase database;
    private Instant now = Instant.now();

    @TempDir
    private Path folder;

    EpochsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    /** A node with a data folder. */
    private final class Node {
        private final InstantSource clock = () -> now;
        private final HighWaterMark known = new HighWaterMark();
        private final Epochs epochs = new Epochs(clock);
        private final ActionLog log = new ActionLog(known, epochs);
        private final EpochMonitor watch;

        Node(Path data) {
            watch = new EpochMonitor(
                    database.transactions(), epochs, known, new HighWaterMarkFile(Optional.of(data), clock));
        }

        Seq append(int actions) {
            return database.transactions()
                    .run(scope ->
                            log.append(scope.connection(), LogEntryFixture.ANY_GROUP, List.of(aMutationOf(actions))))
                    .getLast()
                    .last();
        }
    }

    private Node started() {
        Node node = new Node(folder);
        node.watch.start();
        return node;
    }

    /** Positions of the database as they were when its log ended here. */
    private void restore(long head) {
        database.execute("delete from lockstep_action where seq > " + head);
        database.execute("update lockstep_head set seq = " + head);
    }

    private boolean knows(long position) {
        return database.transactions()
                .run(scope -> LogBounds.of(new StatementPipeline(scope.connection()), new Floors(), List.of(ROOM)))
                .coversAfter(new Seq(position));
    }

    private void assertBegunAnew(LogEnd end) {
        long began = end.epoch().began().value();
        assertThat(began).isGreaterThan(1_000_000_000_000_000L).isLessThan(1L << 53);
        assertThat(List.of(0L, 1L, 2L, 3L, 9L, began - 1)).noneMatch(this::knows);
        assertThat(knows(began)).isTrue();
    }

    @Test
    @Tag("LOG8")
    @DisplayName("[LOG8] a database that was never restored serves all positions up to its head, after a restart too")
    void firstEpoch() {
        started().append(3);

        assertThat(started().watch.check()).isEqualTo(new LogEnd(new Seq(3), Epoch.FIRST, false));
        assertThat(List.of(0L, 3L)).allMatch(this::knows);
        assertThat(knows(4)).isFalse();
    }

    @Test
    @Tag("LOG8")
    @DisplayName("[LOG8] after an operator marks a restore, no earlier position is valid on any node")
    void marked(@TempDir Path other) {
        Node node = started();
        Node second = new Node(other);
        second.watch.start();
        node.append(3);
        database.execute("update lockstep_epoch set restored = true");

        LogEnd end = node.watch.check();

        assertBegunAnew(end);
        assertThat(second.watch.check()).isEqualTo(end);
        assertThat(second.append(2)).isEqualTo(end.epoch().began().plus(2));
    }

    @Test
    @Tag("LOG8")
    @DisplayName("[LOG8] at its start a node finds the head behind the one in its data folder")
    void behindAtStart() {
        Node before = started();
        before.append(7);
        before.watch.check();
        restore(3);

        LogEnd end = new Node(folder).watch.start();

        assertBegunAnew(end);
        assertThat(started().watch.check()).isEqualTo(end);
    }

    @Test
    @Tag("LOG8")
    @DisplayName("[LOG8] while it runs a node finds the head behind the one that it has seen")
    void behindWhileRunning() {
        Node node = started();
        node.known.advanceTo(node.append(7));
        restore(3);

        assertBegunAnew(node.watch.check());
    }

    @Test
    @Tag("LOG8")
    @DisplayName("[LOG8] an appending transaction finds the head behind, and appends to the new epoch")
    void behindWhileAppending() {
        Node node = started();
        node.known.advanceTo(node.append(7));
        restore(3);

        Seq appended = node.append(2);

        LogEnd end = node.watch.check();
        assertBegunAnew(end);
        assertThat(appended).isEqualTo(end.epoch().began().plus(2)).isEqualTo(end.head());
        List<Commit> read = database.transactions()
                .run(scope -> node.log.readAfter(scope.connection(), end.epoch().began(), 9));
        assertThat(read).hasSize(1);
    }

    @Test
    @Tag("LOG8")
    @DisplayName("[LOG8] a data folder that was restored with the database reveals the restore by its file's time")
    void folderWasCopied() throws IOException {
        started().append(3);
        started();
        Files.setLastModifiedTime(folder.resolve(HighWaterMarkFile.FILE), FileTime.from(now.plusSeconds(600)));

        assertBegunAnew(new Node(folder).watch.start());
    }

    @Test
    @Tag("LOG8")
    @DisplayName(
            "[LOG8] a backup that is restored twice gives different numbers each time, whatever was appended between")
    void restoredTwice() {
        started().append(3);
        database.execute("update lockstep_epoch set restored = true");
        Node first = started();
        Seq lost = first.append(1_000);
        restore(3);
        database.execute("update lockstep_epoch set began = 0, restored = true");
        now = now.plusMillis(2);

        LogEnd end = new Node(folder.resolve("another")).watch.start();

        assertThat(end.epoch().began().isAfter(lost)).isTrue();
        assertThat(knows(lost.value())).isFalse();
    }

    @Test
    @Tag("LOG8")
    @DisplayName("[LOG8] where the clock is behind the head, numbers continue beyond the head")
    void clockBehind() {
        started();
        Seq head = new Seq(2_000_000_000_000_000L);
        database.execute("update lockstep_head set seq = " + head);
        database.execute("update lockstep_epoch set restored = true");

        assertThat(started().watch.check().head()).isEqualTo(head.plus(Epoch.CLOCK_BEHIND_STEP));
    }
}
