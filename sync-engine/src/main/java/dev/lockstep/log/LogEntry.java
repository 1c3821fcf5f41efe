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
 * @param rowAfter the row's canonical JSON; empty for a delete
 * @param rowBefore the row's canonical JSON before a delete, and before an update in collections that log it, if it is
 *     known; empty otherwise
 * @param changedFields for an update, an archive or an unarchive, the fields that it changed
 * @param scope the label that live frames carry
 * @param caller who asked for it; empty if anonymous
 * @param ownFrame whether its frame has no other action, because callers see different kinds of it; known until it is
 *     stored
 */
public record LogEntry(
        RoomId room,
        CollectionName collection,
        EntityId entityId,
        Kind kind,
        boolean bulk,
        long stampMicros,
        Optional<String> rowAfter,
        Optional<String> rowBefore,
        List<String> changedFields,
        Optional<String> scope,
        Optional<String> caller,
        Optional<MutationId> mutationId,
        boolean ownFrame) {
    /** The collection that actions of {@link Kind#RIGHTS} name. No collection of an application has this name. */
    public static final CollectionName RIGHTS_COLLECTION = new CollectionName("lockstep-rights");

    /** Characters around the texts of an action, about: names of members, its time and its place. */
    private static final int AROUND_THE_TEXTS = 160;

    private static final EntityId WITHHELD_ID = new EntityId("withheld");

    public LogEntry {
        changedFields = List.copyOf(changedFields);
    }

    /** An action with a frame of its own if the row before an update is known. */
    public LogEntry(
            RoomId room,
            CollectionName collection,
            EntityId entityId,
            Kind kind,
            boolean bulk,
            long stampMicros,
            Optional<String> rowAfter,
            Optional<String> rowBefore,
            List<String> changedFields,
            Optional<String> scope,
            Optional<String> caller,
            Optional<MutationId> mutationId) {
        this(
                room,
                collection,
                entityId,
                kind,
                bulk,
                stampMicros,
                rowAfter,
                rowBefore,
                changedFields,
                scope,
                caller,
                mutationId,
                hasOwnFrame(kind, rowBefore));
    }

    /**
     * The entry as an action of a collection without a read filter: the updates of a mutation share a frame, although the
     * rows before them are known.
     */
    public LogEntry sharingFrame() {
        Draft draft = new Draft(this);
        draft.ownFrame = false;
        return draft.entry();
    }

    /** A change of the rights of the user whose id the action names. It has no frame. */
    public static LogEntry rightsChanged(RoomId room, EntityId subject, long stampMicros) {
        return new Draft(room, RIGHTS_COLLECTION, subject, Kind.RIGHTS, stampMicros).entry();
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
        Draft draft = new Draft(room, collection, range, Kind.EVENTS, stampMicros);
        draft.rowAfter = events;
        draft.caller = caller;
        return draft.entry();
    }

    /** The entry as another kind of change, for readers to whom the row became visible or invisible. */
    public LogEntry as(Kind other) {
        Draft draft = new Draft(this);
        draft.kind = other;
        if (other == Kind.DELETE) {
            draft.rowAfter = Optional.empty();
        } else {
            draft.rowBefore = Optional.empty();
        }
        draft.changedFields = List.of();
        return draft.withFrameOfKind();
    }

    /** The entry with the row as the database stored it. */
    public LogEntry storedAs(Row row, List<String> fields, Optional<String> label) {
        Draft draft = new Draft(this);
        draft.entityId = row.id();
        draft.rowAfter = Optional.of(row.json());
        draft.changedFields = fields;
        draft.scope = label;
        return draft.entry();
    }

    /** A delete in its place, for a row that can no longer be read. */
    public LogEntry goneFrom(String row) {
        Draft draft = new Draft(this);
        draft.kind = Kind.DELETE;
        draft.rowAfter = Optional.empty();
        draft.rowBefore = Optional.of(row);
        draft.changedFields = List.of();
        return draft.withFrameOfKind();
    }

    /** The entry without its content, for readers to whom it is invisible. */
    public LogEntry withheld() {
        Draft draft = new Draft(room, collection, WITHHELD_ID, Kind.WITHHELD, 0);
        draft.bulk = true;
        return draft.entry();
    }

    /** The parts of an entry to be made. */
    private static final class Draft {
        private final RoomId room;
        private final CollectionName collection;
        private final long stampMicros;
        private EntityId entityId;
        private Kind kind;
        private boolean bulk;
        private Optional<String> rowAfter = Optional.empty();
        private Optional<String> rowBefore = Optional.empty();
        private List<String> changedFields = List.of();
        private Optional<String> scope = Optional.empty();
        private Optional<String> caller = Optional.empty();
        private Optional<MutationId> mutationId = Optional.empty();
        private boolean ownFrame;

        Draft(RoomId room, CollectionName collection, EntityId entityId, Kind kind, long stampMicros) {
            this.room = room;
            this.collection = collection;
            this.entityId = entityId;
            this.kind = kind;
            this.stampMicros = stampMicros;
        }

        Draft(LogEntry from) {
            this(from.room, from.collection, from.entityId, from.kind, from.stampMicros);
            bulk = from.bulk;
            rowAfter = from.rowAfter;
            rowBefore = from.rowBefore;
            changedFields = from.changedFields;
            scope = from.scope;
            caller = from.caller;
            mutationId = from.mutationId;
            ownFrame = from.ownFrame;
        }

        /** The entry with a frame of its own if the row before an update is known. */
        LogEntry withFrameOfKind() {
            ownFrame = hasOwnFrame(kind, rowBefore);
            return entry();
        }

        LogEntry entry() {
            return new LogEntry(
                    room,
                    collection,
                    entityId,
                    kind,
                    bulk,
                    stampMicros,
                    rowAfter,
                    rowBefore,
                    changedFields,
                    scope,
                    caller,
                    mutationId,
                    ownFrame);
        }
    }

    private static boolean hasOwnFrame(Kind kind, Optional<String> rowBefore) {
        return kind.changes() && rowBefore.isPresent();
    }

    /** How many characters it takes, in memory or as JSON: those of its texts, and some for what stands around them. */
    public int characters() {
        int texts = room.name().length()
                + collection.value().length()
                + entityId.value().length()
                + length(rowAfter)
                + length(rowBefore)
                + length(scope)
                + length(caller);
        int ofId =
                mutationId.map(id -> id.client().length() + id.value().length()).orElse(0);
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
