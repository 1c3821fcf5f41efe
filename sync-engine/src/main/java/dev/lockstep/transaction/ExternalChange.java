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
import dev.lockstep.log.LastImages;
import dev.lockstep.log.LogEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rows that application code changed outside JPA, as it announced them. Read when its transaction completes. */
sealed interface ExternalChange {
    /** The number of rows. */
    int size();

    /** The rooms that the rows are or were in, as far as they are known. These are locked before {@link #records}. */
    Set<RoomId> rooms(RowRepository stored);

    /**
     * The entries to log. Called while the rooms are locked.
     *
     * @throws IllegalStateException if a row contradicts the announcement
     */
    List<LogRecord> records(RowRepository stored, LoggedImages logged);

    /** The deleted rows, whose children are deleted with them. */
    List<Parent> deletedRows(RowRepository stored);

    /** The state of rows in the log. */
    @FunctionalInterface
    interface LoggedImages {
        /** The last action of a row in a room; empty if the log has none, or none that is recent. */
        Optional<LastImages.Image> last(RoomId room, CollectionName collection, EntityId id);
    }

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
                    new LogEntry.RowChange(kind, rowAfter, rowBefore),
                    false,
                    stampMicros,
                    ScopeLabels.of(kind == LogEntry.Kind.INSERT, label, scope),
                    LogEntry.Origin.NONE);
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
        public Set<RoomId> rooms(RowRepository stored) {
            return stored.images(model, ids).values().stream()
                    .map(RowImage::room)
                    .collect(Collectors.toSet());
        }

        @Override
        public List<LogRecord> records(RowRepository stored, LoggedImages logged) {
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
            if (!image.hasRoom()) {
                throw new IllegalStateException("row '" + id + "' of '" + model.name()
                        + "' is in no room: set its room, or announce it with Publisher.changed");
            }
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
        public Set<RoomId> rooms(RowRepository stored) {
            return Set.of(room);
        }

        @Override
        public List<LogRecord> records(RowRepository stored, LoggedImages logged) {
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

    /** A row that another program may have changed; the log's last image of it tells what happened. */
    record Reread(CollectionModel model, RoomId room, EntityId id) implements ExternalChange {
        @Override
        public int size() {
            return 1;
        }

        private Optional<RowImage> row(RowRepository stored) {
            return Optional.ofNullable(
                    stored.images(model, new TreeSet<>(Set.of(id))).get(id));
        }

        @Override
        public Set<RoomId> rooms(RowRepository stored) {
            Set<RoomId> rooms = new HashSet<>(Set.of(room));
            row(stored).filter(RowImage::hasRoom).map(RowImage::room).ifPresent(rooms::add);
            return rooms;
        }

        @Override
        public List<LogRecord> records(RowRepository stored, LoggedImages logged) {
            Optional<RowImage> is = row(stored).filter(image -> !image.isDeleted() && image.hasRoom());
            List<LogRecord> records = new ArrayList<>();
            if (is.filter(image -> image.room().equals(room)).isEmpty()) {
                Optional<LastImages.Image> last = logged.last(room, model.name(), id);
                if (last.filter(LastImages.Image::isLive).isPresent()) {
                    records.add(toRecord(room, LogEntry.Kind.DELETE, Optional.empty(), last, Optional.empty()));
                }
            }
            is.ifPresent(image -> {
                Optional<LastImages.Image> last =
                        logged.last(image.room(), model.name(), id).filter(LastImages.Image::isLive);
                Optional<String> json = Optional.of(image.row()).map(Row::json);
                if (last.isEmpty()) {
                    records.add(toRecord(image.room(), LogEntry.Kind.INSERT, json, last, image.scope()));
                } else if (!last.get().json().equals(json)) {
                    records.add(toRecord(image.room(), LogEntry.Kind.UPDATE, json, last, image.scope()));
                }
            });
            return records;
        }

        private LogRecord toRecord(
                RoomId in,
                LogEntry.Kind kind,
                Optional<String> after,
                Optional<LastImages.Image> before,
                Optional<String> scope) {
            return new LogRecord(in, model.name(), id, kind, after, before.flatMap(LastImages.Image::json), scope);
        }

        /** A row that has only left the room keeps its children. */
        @Override
        public List<Parent> deletedRows(RowRepository stored) {
            return row(stored).filter(image -> !image.isDeleted()).isPresent()
                    ? List.of()
                    : List.of(new Parent(model, id, room));
        }
    }
}
