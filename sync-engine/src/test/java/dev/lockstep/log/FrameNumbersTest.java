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
                                logEntryFixture(),
                                logEntryFixture().as(LogEntry.Kind.DELETE),
                                logEntryFixture(),
                                logEntryFixture().scoped("s"),
                                logEntryFixture().of("tools"),
                                logEntryFixture().as(LogEntry.Kind.DELETE),
                                logEntryFixture().scoped("s")),
                        mutation(logEntryFixture()))))
                .containsExactly(1L, 2L, 1L, 3L, 1L, 2L, 3L, 4L);
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
