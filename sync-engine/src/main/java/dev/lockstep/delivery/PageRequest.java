package dev.lockstep.delivery;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.room.Visibility;
import java.util.List;
import java.util.function.Predicate;

/** A request for a page of deltas. Equal requests give the same page, once another page follows it: the log is append-only. */
record PageRequest<T>(List<RoomId> rooms, Visibility visibility, Seq after, int actionsMax, PageEncoder<T> encoder) {
    PageRequest<T> after(Seq last) {
        return new PageRequest<>(rooms, visibility, last, actionsMax, encoder);
    }

    /** The characters of its rooms' names, of which there may be thousands: a cache keeps them with the page. */
    long characters() {
        return rooms.stream().mapToLong(room -> room.name().length()).sum();
    }

    /** The rooms of which no rows are visible, only changes of rights. They differ for each caller. */
    List<RoomId> invisibleRooms() {
        return rooms.stream().filter(Predicate.not(visibility::isVisible)).toList();
    }

    /** The request without the invisible rooms, which other callers may share. */
    PageRequest<T> ofVisibleRooms() {
        List<RoomId> visible = rooms.stream().filter(visibility::isVisible).toList();
        return new PageRequest<>(visible, visibility.in(visible), after, actionsMax, encoder);
    }
}
