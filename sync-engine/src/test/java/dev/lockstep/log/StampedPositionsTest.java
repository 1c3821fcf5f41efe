package dev.lockstep.log;

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

/** The search for a position by a stamp. */
@OnEveryDatabase
class StampedPositionsTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final RoomId OTHER_ROOM = new RoomId("workshop", "p2");
    private static final CollectionName TASKS = new CollectionName("tasks");
    private static final CollectionName NOTES = new CollectionName("notes");

    private final TestDatabase database;
    private final StoredLog log;

    StampedPositionsTest(TestDatabase database) {
        this.database = database;
        log = StoredLog.emptied(database);
    }

    private void append(RoomId room, CollectionName collection, long stampMicros) {
        log.append(List.of(List.of(new LogEntry(
                room,
                collection,
                new EntityId("a"),
                new LogEntry.RowChange(LogEntry.Kind.UPDATE, Optional.of("{}"), Optional.empty()),
                false,
                stampMicros,
                Optional.empty(),
                LogEntry.Origin.NONE))));
    }

    private Optional<Long> before(long millis) {
        return database.transactions()
                .run(scope -> StampedPositions.before(
                        scope.connection(),
                        ROOM,
                        TASKS,
                        millis,
                        LogEnd.of(scope.connection()).head()))
                .map(Seq::value);
    }

    @Test
    @Tag("CH7")
    @DisplayName("[CH7] a stamp that the log gave a row of the list leads to the position before it, others to none")
    void stamps() {
        assertThat(before(1)).isEmpty();
        append(ROOM, TASKS, 1_000);
        append(OTHER_ROOM, TASKS, 9_000);
        append(ROOM, TASKS, 2_500);
        append(ROOM, NOTES, 3_000);
        append(OTHER_ROOM, TASKS, 9_001);
        append(ROOM, TASKS, 4_000);
        append(ROOM, TASKS, 4_999);

        assertThat(before(0)).isEmpty();
        assertThat(before(1)).contains(0L);
        assertThat(before(2)).contains(1L);
        assertThat(before(3)).isEmpty();
        assertThat(before(4)).contains(4L);
        assertThat(before(5)).isEmpty();
        assertThat(before(9)).isEmpty();
    }

    private Seq last(RoomId room) {
        return database.transactions().run(scope -> StampedPositions.last(scope.connection(), room));
    }

    @Test
    @Tag("CH9")
    @DisplayName("[CH9] the last position of a room is that of its last action, of any collection")
    void last() {
        append(ROOM, TASKS, 1_000);
        append(ROOM, NOTES, 2_000);
        append(OTHER_ROOM, TASKS, 3_000);

        assertThat(last(ROOM)).isEqualTo(new Seq(2));
        assertThat(last(OTHER_ROOM)).isEqualTo(new Seq(3));
        assertThat(last(new RoomId("workshop", "p3"))).isEqualTo(Seq.START);
    }
}
