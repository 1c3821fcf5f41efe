package dev.lockstep.mutation;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.RowImage;
import dev.lockstep.log.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction of an application has done to the rows of collections: one mutation to come. Belongs to the
 * transaction's thread.
 */
final class ApplicationTransaction {
    private final Instant begun;
    private final IdentityHashMap<Object, RowImage> before = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Changed> changed = new IdentityHashMap<>();
    private final List<Changed> inOrder = new ArrayList<>();
    private boolean completing;

    /** A row that the transaction touched. What is left of it is looked at when the transaction completes. */
    private record Changed(Object entity, @Nullable RowImage before) {}

    /**
     * Nothing done yet.
     *
     * @param begun the stamp that its rows carry, unless somebody was later in their rooms by then
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

    void touched(Object entity) {
        if (!completing && !changed.containsKey(entity)) {
            Changed change = new Changed(entity, before.get(entity));
            changed.put(entity, change);
            inOrder.add(change);
        }
    }

    /** From here on only stamps are still set. */
    void completes() {
        completing = true;
    }

    boolean isCompleting() {
        return completing;
    }

    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    Collection<Object> entities() {
        return inOrder.stream().map(Changed::entity).toList();
    }

    /** The rooms that it changes: those that rows were in, and those that they are in now. */
    Set<RoomId> rooms(ImageReader images) {
        Set<RoomId> rooms = new LinkedHashSet<>();
        for (Changed change : inOrder) {
            Optional.ofNullable(change.before()).map(RowImage::room).ifPresent(rooms::add);
            rooms.add(images.read(change.entity()).room());
        }
        return rooms;
    }

    /** The entries of the mutation, in the order in which rows were first touched. */
    List<Entry> entries(ImageReader images, long stampMicros) {
        List<Entry> entries = new ArrayList<>();
        for (Changed change : inOrder) {
            Optional<RowImage> was = Optional.ofNullable(change.before());
            Optional<RowImage> is = images.isStored(change.entity())
                    ? Optional.of(images.read(change.entity())).filter(image -> !image.isDeleted())
                    : Optional.empty();
            entries.addAll(entries(was, is, stampMicros));
        }
        return entries;
    }

    /** A row that moves to another room is gone from the old one, and new in the new one. */
    private static List<Entry> entries(Optional<RowImage> was, Optional<RowImage> is, long stampMicros) {
        if (was.isPresent()
                && is.isPresent()
                && was.get().room().equals(is.get().room())) {
            List<String> fields = is.get().changedSince(was.get());
            return List.of(entry(is.get(), Entry.Kind.UPDATE, fields, stampMicros));
        }
        List<Entry> entries = new ArrayList<>();
        was.ifPresent(image -> entries.add(entry(image, Entry.Kind.DELETE, List.of(), stampMicros)));
        is.ifPresent(image -> entries.add(entry(image, Entry.Kind.INSERT, List.of(), stampMicros)));
        return entries;
    }

    private static Entry entry(RowImage image, Entry.Kind kind, List<String> changedFields, long stampMicros) {
        Optional<String> json = Optional.of(image.row()).map(Row::json);
        boolean gone = kind == Entry.Kind.DELETE;
        return new Entry(
                image.room(),
                image.model().name(),
                image.id(),
                kind,
                false,
                stampMicros,
                gone ? Optional.empty() : json,
                gone ? json : Optional.empty(),
                changedFields,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Looks at managed entities. */
    interface ImageReader {
        /** The values of the entity now. */
        RowImage read(Object entity);

        /** Whether it will be a row of its table when the transaction has committed. */
        boolean isStored(Object entity);
    }
}
