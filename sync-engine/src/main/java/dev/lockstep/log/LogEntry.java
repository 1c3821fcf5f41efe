package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import java.util.List;
import java.util.Optional;

/**
 * The content of an action: one change of one row, before it has a position in the log.
 *
 * @param bulk whether the client asked for many rows at once, if only for one
 * @param stampMicros when, in microseconds since 1970; equal for all of a mutation, never less than the room's last
 * @param scope the label that live frames carry
 * @param ownFrame whether its frame has no other action, because callers see different kinds of it; known until it is
 *     stored
 */
public record LogEntry(
        RoomId room,
        CollectionName collection,
        EntityId entityId,
        RowChange change,
        boolean bulk,
        long stampMicros,
        Optional<String> scope,
        Origin origin,
        boolean ownFrame) {
    /** The collection that actions of {@link Kind#RIGHTS} name. No collection of an application has this name. */
    public static final CollectionName RIGHTS_COLLECTION = new CollectionName("lockstep-rights");

    /** Characters around the texts of an action, about: names of members, its time and its place. */
    private static final int AROUND_THE_TEXTS = 160;

    private static final EntityId WITHHELD_ID = new EntityId("withheld");

    /**
     * The change of the row.
     *
     * @param after the row's canonical JSON; empty for a delete
     * @param before the row's canonical JSON before a delete, and before an update in collections that log it, if it is
     *     known; empty otherwise
     * @param fields for an update, an archive or an unarchive, the fields that it changed
     */
    public record RowChange(Kind kind, Optional<String> after, Optional<String> before, List<String> fields) {
        public RowChange {
            fields = List.copyOf(fields);
        }

        /** A change without changed fields. */
        public RowChange(Kind kind, Optional<String> after, Optional<String> before) {
            this(kind, after, before, List.of());
        }

        /** A change that has no row before and after. */
        static RowChange withoutRow(Kind kind) {
            return new RowChange(kind, Optional.empty(), Optional.empty());
        }

        private RowChange as(Kind other) {
            return other == Kind.DELETE
                    ? new RowChange(other, Optional.empty(), before)
                    : new RowChange(other, after, Optional.empty());
        }

        private boolean hasOwnFrame() {
            return kind.changes() && before.isPresent();
        }
    }

    /**
     * The request that caused an action.
     *
     * @param caller the user; empty if anonymous
     */
    public record Origin(Optional<String> caller, Optional<MutationId> mutationId) {
        /** No request of a client. */
        public static final Origin NONE = new Origin(Optional.empty(), Optional.empty());
    }

    /** An action with a frame of its own if the row before an update is known. */
    public LogEntry(
            RoomId room,
            CollectionName collection,
            EntityId entityId,
            RowChange change,
            boolean bulk,
            long stampMicros,
            Optional<String> scope,
            Origin origin) {
        this(room, collection, entityId, change, bulk, stampMicros, scope, origin, change.hasOwnFrame());
    }

    public Kind kind() {
        return change.kind();
    }

    /** The row's canonical JSON; empty for a delete. */
    public Optional<String> rowAfter() {
        return change.after();
    }

    /** The row's canonical JSON before the change, if it is known and logged. */
    public Optional<String> rowBefore() {
        return change.before();
    }

    public List<String> changedFields() {
        return change.fields();
    }

    public Optional<String> caller() {
        return origin.caller();
    }

    public Optional<MutationId> mutationId() {
        return origin.mutationId();
    }

    /**
     * The entry as an action of a collection without a read filter: the updates of a mutation share a frame, although the
     * rows before them are known.
     */
    public LogEntry sharingFrame() {
        return new LogEntry(room, collection, entityId, change, bulk, stampMicros, scope, origin, false);
    }

    /** A change of the rights of the user whose id the action names. It has no frame. */
    public static LogEntry rightsChanged(RoomId room, EntityId subject, long stampMicros) {
        return withoutScope(
                room, RIGHTS_COLLECTION, subject, RowChange.withoutRow(Kind.RIGHTS), stampMicros, Origin.NONE);
    }

    /**
     * Events of a store, or its reset. It has no frame number.
     *
     * @param events the events as one text; empty for a reset
     */
    public static LogEntry events(
            RoomId room,
            CollectionName collection,
            EntityId range,
            long stampMicros,
            Optional<String> events,
            Optional<String> caller) {
        RowChange change = new RowChange(Kind.EVENTS, events, Optional.empty());
        return withoutScope(room, collection, range, change, stampMicros, new Origin(caller, Optional.empty()));
    }

    private static LogEntry withoutScope(
            RoomId room, CollectionName collection, EntityId id, RowChange change, long stampMicros, Origin origin) {
        return new LogEntry(room, collection, id, change, false, stampMicros, Optional.empty(), origin);
    }

    /** The entry as another kind of change, for readers to whom the row became visible or invisible. */
    public LogEntry as(Kind other) {
        return with(change.as(other));
    }

    /** A delete in its place, for a row that can no longer be read. */
    public LogEntry goneFrom(String row) {
        return with(new RowChange(Kind.DELETE, Optional.empty(), Optional.of(row)));
    }

    private LogEntry with(RowChange other) {
        return new LogEntry(room, collection, entityId, other, bulk, stampMicros, scope, origin);
    }

    /** The entry with the row as the database stored it. */
    public LogEntry storedAs(Row row, List<String> fields, Optional<String> label) {
        RowChange stored = new RowChange(kind(), Optional.of(row.json()), rowBefore(), fields);
        return new LogEntry(room, collection, row.id(), stored, bulk, stampMicros, label, origin, ownFrame);
    }

    /** The entry without its content, for readers to whom it is invisible. */
    public LogEntry withheld() {
        RowChange nothing = RowChange.withoutRow(Kind.WITHHELD);
        return new LogEntry(room, collection, WITHHELD_ID, nothing, true, 0, Optional.empty(), Origin.NONE);
    }

    /** How many characters it takes, in memory or as JSON: those of its texts, and some for what stands around them. */
    public int characters() {
        int texts = room.name().length()
                + collection.value().length()
                + entityId.value().length()
                + length(rowAfter())
                + length(rowBefore())
                + length(scope)
                + length(caller());
        int ofId = mutationId()
                .map(id -> id.client().length() + id.value().length())
                .orElse(0);
        return AROUND_THE_TEXTS + texts + ofId;
    }

    private static int length(Optional<String> text) {
        return text.map(String::length).orElse(0);
    }

    /** The kind of change. The database stores the code. */
    public enum Kind {
        INSERT("I"),
        UPDATE("U"),
        DELETE("D"),
        ARCHIVE("A"),
        UNARCHIVE("V"),
        /** A change of the rights of the user whose id it names; no change of a row. */
        RIGHTS("G"),
        /** Events appended to a store, or its reset; no change of a row. */
        EVENTS("E"),
        /** An action that is invisible to the reader. Never in the database. */
        WITHHELD("");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        /** Whether the row exists before and after. */
        public boolean changes() {
            return switch (this) {
                case UPDATE, ARCHIVE, UNARCHIVE -> true;
                case INSERT, DELETE, RIGHTS, EVENTS, WITHHELD -> false;
            };
        }

        /** Whether it is a change of a row, which has a frame with a number. */
        public boolean isOfRow() {
            return this != RIGHTS && this != EVENTS;
        }

        static Kind of(String code) {
            for (Kind kind : values()) {
                if (kind.code.equals(code)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("the log has no action of kind " + code);
        }
    }
}
