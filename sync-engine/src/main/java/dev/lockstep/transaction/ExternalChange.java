package dev.lockstep.transaction;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.Parent;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.collection.row.ScopeLabels;
import dev.lockstep.log.LogEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Rows that application code changed outside JPA, as it announced them. Read when its transaction completes. */
sealed interface ExternalChange {
    /** The number of rows. */
    int size();

    /**
     * The entries to log.
     *
     * @throws IllegalStateException if a row contradicts the announcement
     */
    List<LogRecord> records(RowRepository stored);

    /** The deleted rows, whose children are deleted with them. */
    List<Parent> deletedRows(RowRepository stored);

    /**
     * The entry to log for one row.
     *
     * @param scope the scope of the row
     */
    record LogRecord(
            RoomId room,
            CollectionName collection,
            EntityId id,
            LogEntry.Kind kind,
            Optional<String> rowAfter,
            Optional<String> rowBefore,
            Optional<String> scope) {
        LogEntry entry(long stampMicros, Optional<String> label) {
            return new LogEntry(
                    room,
                    collection,
                    id,
                    kind,
                    false,
                    stampMicros,
                    rowAfter,
                    rowBefore,
                    List.of(),
                    ScopeLabels.of(kind == LogEntry.Kind.INSERT, label, scope),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * Existing rows.
     *
     * @param kind {@code INSERT} if they are new to clients, else {@code UPDATE}
     */
    record Changed(CollectionModel model, SortedSet<EntityId> ids, LogEntry.Kind kind) implements ExternalChange {
        @Override
        public int size() {
            return ids.size();
        }

        @Override
        public List<LogRecord> records(RowRepository stored) {
            Map<EntityId, RowImage> rows = stored.images(model, ids);
            return ids.stream()
                    .map(id -> toRecord(id, Optional.ofNullable(rows.get(id))))
                    .toList();
        }

        @Override
        public List<Parent> deletedRows(RowRepository stored) {
            return stored.images(model, ids).values().stream()
                    .filter(RowImage::isDeleted)
                    .map(Parent::of)
                    .toList();
        }

        private LogRecord toRecord(EntityId id, Optional<RowImage> found) {
            RowImage image = found.orElseThrow(() -> new IllegalStateException(
                    "row '" + id + "' of '" + model.name() + "' does not exist: announce it with Publisher.deleted"));
            Optional<String> json = Optional.of(image.row()).map(Row::json);
            return image.isDeleted()
                    ? new LogRecord(
                            image.room(), model.name(), id, LogEntry.Kind.DELETE, Optional.empty(), json, image.scope())
                    : new LogRecord(image.room(), model.name(), id, kind, json, Optional.empty(), image.scope());
        }
    }

    /** Rows that have left a room. */
    record Gone(CollectionModel model, RoomId room, SortedSet<EntityId> ids) implements ExternalChange {
        @Override
        public int size() {
            return ids.size();
        }

        @Override
        public List<LogRecord> records(RowRepository stored) {
            return ids.stream()
                    .map(id -> new LogRecord(
                            room,
                            model.name(),
                            id,
                            LogEntry.Kind.DELETE,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()))
                    .toList();
        }

        /** A row that has only left the room keeps its children. */
        @Override
        public List<Parent> deletedRows(RowRepository stored) {
            Map<EntityId, RowImage> rows = stored.images(model, ids);
            return ids.stream()
                    .filter(id -> !rows.containsKey(id) || rows.get(id).isDeleted())
                    .map(id -> new Parent(model, id, room))
                    .toList();
        }
    }
}
