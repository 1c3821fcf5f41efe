package dev.lockstep.log;

import static dev.lockstep.log.LogEntryFixture.logEntryFixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers of live frames, in a database and in memory. */
@OnEveryLog
class FrameNumbersTest {
    private final ActionLogFixture log;

    FrameNumbersTest(Supplier<ActionLogFixture> log) {
        this.log = log.get();
    }

    private List<Long> numbersOf(List<List<LogEntry>> mutations) {
        return log.append(mutations).stream()
                .flatMap(commit -> commit.actions().stream())
                .map(Action::number)
                .toList();
    }

    private static List<LogEntry> mutation(LogEntryFixture... entries) {
        return List.of(entries).stream().map(LogEntryFixture::entry).toList();
    }

    @Test
    @Tag("LOG4")
    @DisplayName("[LOG4] frames are numbered from 1 for each room and collection")
    void eachRoomAndCollection() {
        assertThat(numbersOf(List.of(
                        mutation(logEntryFixture()),
                        mutation(logEntryFixture()),
                        mutation(logEntryFixture().in("p2")),
                        mutation(logEntryFixture().of("tools")),
                        mutation(logEntryFixture()))))
                .containsExactly(1L, 2L, 1L, 1L, 3L);
        assertThat(numbersOf(List.of(
                        mutation(logEntryFixture()), mutation(logEntryFixture().in("p2")))))
                .containsExactly(4L, 2L);
    }

    @Test
    @Tag("LOG4")
    @DisplayName("[LOG4] actions of one mutation that share collection, kind and scope share a frame")
    void shareAFrame() {
        assertThat(numbersOf(List.of(
                        mutation(
                                logEntryFixture().row("a"),
                                logEntryFixture().row("b").as(LogEntry.Kind.DELETE),
                                logEntryFixture().row("c"),
                                logEntryFixture().row("d").scoped("s"),
                                logEntryFixture().row("e").of("tools"),
                                logEntryFixture().row("f").as(LogEntry.Kind.DELETE),
                                logEntryFixture().row("g").scoped("s")),
                        mutation(logEntryFixture()))))
                .containsExactly(1L, 2L, 1L, 3L, 1L, 2L, 3L, 4L);
    }

    @Test
    @Tag("LOG4")
    @DisplayName("[LOG4] a row that leaves a room, returns and leaves again in one mutation has a frame for each step")
    void changedAgain() {
        assertThat(numbersOf(List.of(mutation(
                        logEntryFixture().row("mover").as(LogEntry.Kind.DELETE),
                        logEntryFixture().row("mover").in("p2"),
                        logEntryFixture().row("mover").in("p2").as(LogEntry.Kind.DELETE),
                        logEntryFixture().row("mover"),
                        logEntryFixture().row("mover").as(LogEntry.Kind.DELETE),
                        logEntryFixture().row("other").as(LogEntry.Kind.DELETE),
                        logEntryFixture().row("mover").in("p2")))))
                .containsExactly(1L, 1L, 2L, 2L, 3L, 3L, 3L);
    }

    @Test
    @Tag("LOG4")
    @DisplayName("[LOG4] a room's last numbers are those of its own collections")
    void lastNumbersOfARoom() {
        numbersOf(List.of(
                mutation(logEntryFixture()),
                mutation(logEntryFixture()),
                mutation(logEntryFixture().of("tools")),
                mutation(logEntryFixture().in("p2"))));

        assertThat(log.numbers(new RoomId("workshop", "p1")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(new CollectionName("tasks"), 2L, new CollectionName("tools"), 1L));
        assertThat(log.numbers(new RoomId("workshop", "never"))).isEmpty();
    }
}
