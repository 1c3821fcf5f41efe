package dev.lockstep.transaction;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.Parent;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.collection.row.ScopeLabels;
import dev.lockstep.event.NewEvent;
import dev.lockstep.log.LastImages;
import dev.lockstep.log.LogEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes of collections by one transaction of an application, which become one mutation. Belongs to the transaction's
 * thread.
 */
final class ApplicationTransaction {
    private final Instant begun;
    private final IdentityHashMap<Object, RowImage> before = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Changed> changed = new IdentityHashMap<>();
    private final List<Changed> inOrder = new ArrayList<>();
    private final Set<Object> removed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Object> children = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<ExternalChange> announced = new ArrayList<>();
    private final List<NewEvent> events = new ArrayList<>();
    private final Set<Class<?>> freeing = new HashSet<>();
    private Optional<String> scope = Optional.empty();
    private boolean stampedInFlush;
    private Phase phase = Phase.OPEN;

    /** The phase of the transaction. */
    enum Phase {
        /** Application code may change rows. */
        OPEN,
        /** Its changes are being stamped and logged; only stamps may change. */
        COMPLETING,
        /** Its changes are logged: a further one would be stored and never delivered. */
        LOGGED
    }

    /** A row that the transaction touched. Its final state is read when the transaction completes. */
    private record Changed(Object entity, @Nullable RowImage before) {}

    /**
     * An empty transaction.
     *
     * @param begun the stamp of its rows, unless their rooms have later ones when it completes
     */
    ApplicationTransaction(Instant begun) {
        this.begun = begun.truncatedTo(ChronoUnit.MICROS);
    }

    Instant stamp() {
        return begun;
    }

    void loaded(Object entity, RowImage image) {
        before.put(entity, image);
    }

    /** A row was inserted or changed. */
    void touched(Object entity) {
        removed.remove(entity);
        markChanged(entity);
    }

    /** A row was changed, and stamped after the flush had passed it. */
    void touchedInFlush(Object entity) {
        stampedInFlush = true;
        markChanged(entity);
    }

    /** Whether another flush is needed to store the stamps of rows. */
    boolean needsFlush() {
        return stampedInFlush;
    }

    /** A row will be deleted physically. */
    void removed(Object entity) {
        removed.add(entity);
        markChanged(entity);
    }

    /** A row of this class was deleted, softly or physically, and the delete is not flushed yet. */
    void rowDeleted(Class<?> type) {
        freeing.add(type);
    }

    /** Whether deletes of a class must be flushed first, because a new row may take their unique values. */
    boolean deletesFirst(Class<?> type) {
        return freeing.remove(type);
    }

    /** A row will be deleted by a cascade: the scope that the application gave does not apply to it. */
    void deletedWithParent(Object entity) {
        children.add(entity);
    }

    private void markChanged(Object entity) {
        if (!changed.containsKey(entity)) {
            Changed change = new Changed(entity, before.get(entity));
            changed.put(entity, change);
            inOrder.add(change);
        }
    }

    /** Rows were changed outside JPA. */
    void add(ExternalChange externalChange) {
        announced.add(externalChange);
    }

    /** An event is appended after the head that its store has when the transaction completes. */
    void append(NewEvent event) {
        events.add(event);
    }

    /** The events to append, in order. */
    List<NewEvent> events() {
        return events;
    }

    /** Its live frames carry this scope. */
    void label(String label) {
        scope = Optional.of(label);
    }

    void become(Phase next) {
        phase = next;
    }

    /**
     * Whether changes are accepted.
     *
     * @throws IllegalStateException if they come too late to be logged
     */
    boolean isOpen() {
        if (phase == Phase.LOGGED) {
            throw new IllegalStateException("a row of a collection was changed after the transaction's changes were"
                    + " logged: change it earlier, not while the transaction completes");
        }
        return phase == Phase.OPEN;
    }

    boolean isEmpty() {
        return inOrder.isEmpty() && announced.isEmpty() && events.isEmpty();
    }

    Collection<Object> entities() {
        return inOrder.stream().map(Changed::entity).toList();
    }

    /** The rooms that it changes: those that rows were in, and those that they are in now. */
    Set<RoomId> rooms(ImageReader images) {
        Set<RoomId> rooms = new LinkedHashSet<>();
        for (Changed change : inOrder) {
            Stream.of(Optional.ofNullable(change.before()), Optional.of(images.read(change.entity())))
                    .flatMap(Optional::stream)
                    .filter(RowImage::hasRoom)
                    .map(RowImage::room)
                    .forEach(rooms::add);
        }
        return rooms;
    }

    /**
     * The rooms of the announced changes.
     *
     * @throws IllegalStateException if there are more changes than a mutation may have
     */
    Set<RoomId> announcedRooms(RowRepository stored) {
        requireFewRows();
        return announced.stream()
                .flatMap(externalChange -> externalChange.rooms(stored).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The entries of the announced changes, with the current rows.
     *
     * @throws IllegalStateException if an announcement is wrong
     */
    List<ExternalChange.LogRecord> records(RowRepository stored, ExternalChange.LoggedImages logged) {
        return announced.stream()
                .flatMap(externalChange -> externalChange.records(stored, logged).stream())
                .toList();
    }

    /** @throws IllegalStateException if there are more than a mutation may change */
    void requireFewRows() {
        int rows = inOrder.size()
                + events.size()
                + announced.stream().mapToInt(ExternalChange::size).sum();
        if (rows > Mutation.CHANGES_MAX) {
            throw new IllegalStateException("a transaction changes " + rows + " rows of collections, and may change "
                    + Mutation.CHANGES_MAX + ": clients get it as a whole; do less in each transaction");
        }
    }

    /**
     * The entries of the mutation: entities in the order in which they were first touched, then announced changes.
     *
     * @param logged the rows in the log, for those whose collections the transaction may not have loaded
     */
    List<LogEntry> entries(
            StoredReader stored,
            List<ExternalChange.LogRecord> logRecords,
            ExternalChange.LoggedImages logged,
            long stampMicros) {
        List<LogEntry> entries = new ArrayList<>();
        for (Changed change : inOrder) {
            entries.addAll(entries(
                    change,
                    before(change).filter(RowImage::hasRoom),
                    after(change, stored).filter(RowImage::hasRoom),
                    logged,
                    stampMicros));
        }
        logRecords.forEach(logRecord -> entries.add(logRecord.entry(stampMicros, scope)));
        return entries;
    }

    /** The rows that are deleted by now, in any way, in their state before the transaction. */
    Set<Parent> gone(ImageReader images, RowRepository stored) {
        Set<Parent> gone = new LinkedHashSet<>();
        for (Changed change : inOrder) {
            Optional<RowImage> was = before(change);
            if (was.isPresent()
                    && after(change, entity -> Optional.of(images.read(entity))).isEmpty()) {
                gone.add(Parent.of(was.get()));
            }
        }
        announced.forEach(externalChange -> gone.addAll(externalChange.deletedRows(stored)));
        return gone;
    }

    // A softly deleted row does not exist for clients: restoring it is an insert.
    private static Optional<RowImage> before(Changed change) {
        return Optional.ofNullable(change.before()).filter(image -> !image.isDeleted());
    }

    private Optional<RowImage> after(Changed change, StoredReader stored) {
        return removed.contains(change.entity())
                ? Optional.empty()
                : stored.read(change.entity()).filter(image -> !image.isDeleted());
    }

    /** A row that moves to another room or scope is deleted from the old one and inserted into the new one. */
    private List<LogEntry> entries(
            Changed change,
            Optional<RowImage> was,
            Optional<RowImage> is,
            ExternalChange.LoggedImages logged,
            long stampMicros) {
        if (was.isPresent()
                && is.isPresent()
                && was.get().room().equals(is.get().room())
                && !ScopeLabels.moved(was.get(), is.get())) {
            List<String> fields = is.get().changedSince(was.get());
            Optional<String> label = label(LogEntry.Kind.UPDATE, is.get());
            Optional<String> before =
                    was.filter(image -> image.model().logsRowsBefore()).map(image -> json(image, logged));
            return List.of(entry(is.get(), before, LogEntry.Kind.UPDATE, fields, label, stampMicros));
        }
        List<LogEntry> entries = new ArrayList<>();
        was.ifPresent(image -> {
            boolean stays = is.filter(now -> now.room().equals(image.room())).isPresent();
            boolean isOwn = stays || children.contains(change.entity());
            Optional<String> label = isOwn ? image.scope() : label(LogEntry.Kind.DELETE, image);
            Optional<String> before = Optional.of(json(image, logged));
            entries.add(entry(image, before, LogEntry.Kind.DELETE, List.of(), label, stampMicros));
        });
        is.ifPresent(image -> entries.add(entry(
                image,
                Optional.empty(),
                LogEntry.Kind.INSERT,
                List.of(),
                label(LogEntry.Kind.INSERT, image),
                stampMicros)));
        return entries;
    }

    private Optional<String> label(LogEntry.Kind kind, RowImage image) {
        return ScopeLabels.of(kind == LogEntry.Kind.INSERT, scope, image.scope());
    }

    /** The row before the transaction. The log has its items, which the transaction need not have loaded. */
    private static String json(RowImage before, ExternalChange.LoggedImages logged) {
        return Optional.of(before)
                .filter(image -> !image.model().elementCollections().isEmpty())
                .flatMap(image -> logged.last(image.room(), image.model().name(), image.id()))
                .filter(LastImages.Image::isLive)
                .flatMap(LastImages.Image::json)
                .orElseGet(() -> before.row().json());
    }

    /** @param image the row after the change; of a deleted row, the row before it */
    private static LogEntry entry(
            RowImage image,
            Optional<String> before,
            LogEntry.Kind kind,
            List<String> changedFields,
            Optional<String> label,
            long stampMicros) {
        LogEntry entry = new LogEntry(
                image.room(),
                image.model().name(),
                image.id(),
                new LogEntry.RowChange(
                        kind,
                        kind == LogEntry.Kind.DELETE
                                ? Optional.empty()
                                : Optional.of(image.row().json()),
                        before,
                        changedFields),
                false,
                stampMicros,
                label,
                LogEntry.Origin.NONE);
        return image.model().filtered() || !image.model().logsRowsBefore() ? entry : entry.sharingFrame();
    }

    /** Whether the entity will be deleted physically. */
    boolean isRemoved(Object entity) {
        return removed.contains(entity);
    }

    /** Reads the stored values of entities. */
    interface StoredReader {
        /** The stored values; empty if there are none in the entity's room that can be read. */
        Optional<RowImage> read(Object entity);
    }

    /** Reads the current values of entities. */
    interface ImageReader {
        /** The current values of the entity. */
        RowImage read(Object entity);
    }
}
