package dev.lockstep.log;

import static dev.lockstep.log.LogEntryFixture.logEntryFixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The part of the log that is searched for one list. */
@OnEveryDatabase
class ChangedRowsTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final CollectionName TASKS = new CollectionName("tasks");
    private static final int ROWS_MAX = 2;
    private static final int ACTIONS_MAX = 4;

    private final TestDatabase database;
    private final ChangedRows changes = new ChangedRows(ROWS_MAX, ACTIONS_MAX);
    private final StoredLog log;

    ChangedRowsTest(TestDatabase database) {
        this.database = database;
        log = StoredLog.emptied(database);
    }

    /** Appends each entry as a mutation. */
    private void append(LogEntry... entries) {
        for (LogEntry entry : entries) {
            log.append(List.of(List.of(entry)));
        }
    }

    private Optional<List<String>> since(long position) {
        return database.transactions()
                .run(scope -> changes.since(scope.connection(), ROOM, TASKS, Optional.empty(), new Seq(position)))
                .map(ids -> ids.stream().map(EntityId::value).toList());
    }

    @Test
    @Tag("CFS14")
    @DisplayName("[CFS14] with more changed rows than the limit, the whole list has to be read")
    void rows() {
        append(LogEntryFixture.ofRow("a"), LogEntryFixture.ofRow("b"), LogEntryFixture.ofRow("a"));
        assertThat(since(0)).contains(List.of("b", "a"));

        append(LogEntryFixture.ofRow("c"));
        assertThat(since(0)).isEmpty();
        assertThat(since(1)).isEmpty();
        assertThat(since(2)).contains(List.of("a", "c"));
    }

    @Test
    @Tag("CFS14")
    @DisplayName(
            "[CFS14] with more actions in the room than the limit, even of few rows, the whole list has to be read")
    void actions() {
        append(
                LogEntryFixture.ofRow("a"),
                LogEntryFixture.ofRow("a"),
                LogEntryFixture.ofRow("a"),
                LogEntryFixture.ofRow("a"));
        assertThat(since(0)).contains(List.of("a"));

        append(logEntryFixture().in("p2").entry());
        assertThat(since(0)).as("what happens elsewhere counts for nothing").contains(List.of("a"));
        append(logEntryFixture().of("tools").entry());
        assertThat(since(0)).as("another collection is looked through").isEmpty();
        assertThat(since(1)).contains(List.of("a"));
    }
}
