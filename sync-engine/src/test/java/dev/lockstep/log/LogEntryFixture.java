package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.RoomId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Log entries with default values. */
public record LogEntryFixture(LogEntry entry) {
    /** The number of a batch that is never looked up. */
    public static final long ANY_GROUP = 1;

    /** An insert of some row in some room. */
    public static LogEntryFixture logEntryFixture() {
        return new LogEntryFixture(new LogEntry(
                new RoomId("workshop", "p1"),
                new CollectionName("tasks"),
                new EntityId("any"),
                new LogEntry.RowChange(LogEntry.Kind.INSERT, Optional.of("{\"id\":\"any\"}"), Optional.empty()),
                false,
                1,
                Optional.empty(),
                LogEntry.Origin.NONE));
    }

    /** A mutation of this many entries. */
    public static List<LogEntry> aMutationOf(int entries) {
        return Collections.nCopies(entries, logEntryFixture().entry());
    }

    public LogEntryFixture in(String room) {
        return new LogEntryFixture(
                copy(new RoomId(entry.room().application(), room), entry.collection(), entry.kind(), entry.scope()));
    }

    /** Of this row. */
    public LogEntryFixture row(String id) {
        return new LogEntryFixture(copy(entry, new EntityId(id)));
    }

    public LogEntryFixture of(String collection) {
        return new LogEntryFixture(copy(entry.room(), new CollectionName(collection), entry.kind(), entry.scope()));
    }

    public LogEntryFixture as(LogEntry.Kind kind) {
        return new LogEntryFixture(copy(entry.room(), entry.collection(), kind, entry.scope()));
    }

    public LogEntryFixture scoped(String scope) {
        return new LogEntryFixture(copy(entry.room(), entry.collection(), entry.kind(), Optional.of(scope)));
    }

    /** In this room, at this time in microseconds. */
    static LogEntry at(String room, long stampMicros) {
        LogEntry any = logEntryFixture().in(room).entry();
        return copy(any, stampMicros, any.rowAfter());
    }

    /** With a row of this length. */
    static LogEntry ofCharacters(int characters) {
        LogEntry any = logEntryFixture().entry();
        return copy(any, any.stampMicros(), Optional.of("x".repeat(characters)));
    }

    /** Of this row. */
    static LogEntry ofRow(String id) {
        return logEntryFixture().row(id).entry();
    }

    private static LogEntry copy(LogEntry any, EntityId id) {
        return new LogEntry(
                any.room(),
                any.collection(),
                id,
                any.change(),
                any.bulk(),
                any.stampMicros(),
                any.scope(),
                any.origin());
    }

    private static LogEntry copy(LogEntry any, long stampMicros, Optional<String> rowAfter) {
        return new LogEntry(
                any.room(),
                any.collection(),
                any.entityId(),
                new LogEntry.RowChange(any.kind(), rowAfter, any.rowBefore(), any.changedFields()),
                any.bulk(),
                stampMicros,
                any.scope(),
                any.origin());
    }

    private LogEntry copy(RoomId room, CollectionName collection, LogEntry.Kind kind, Optional<String> scope) {
        return new LogEntry(
                room,
                collection,
                entry.entityId(),
                new LogEntry.RowChange(kind, entry.rowAfter(), entry.rowBefore(), entry.changedFields()),
                entry.bulk(),
                entry.stampMicros(),
                scope,
                entry.origin());
    }

    /** An entry with every component filled. */
    public static LogEntry aFullEntry() {
        return new LogEntry(
                new RoomId("workshop", "r\u00e4um/%2F;:"),
                new CollectionName("tools"),
                new EntityId("id with \"quotes\" and \ud83d\ude00"),
                new LogEntry.RowChange(
                        LogEntry.Kind.UPDATE,
                        Optional.of("{\"name\":\"after \u2028\"}"),
                        Optional.of("{\"name\":\"before\"}"),
                        List.of("name", "serial")),
                true,
                1_795_000_000_123_456L,
                Optional.of("scope"),
                new LogEntry.Origin(Optional.of("alice"), Optional.of(new MutationId("client", "mutation"))));
    }
}
