package dev.lockstep.delivery;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.room.Visibility;
import java.util.List;
import java.util.function.Predicate;

/** A page of deltas as it is asked for. Equal ones are the same page, once another follows it: the log does not change. */
record PageRequest<T>(List<RoomId> rooms, Visibility visibility, Seq after, int actionsMax, PageEncoder<T> encoder) {
    PageRequest<T> after(Seq last) {
        return new PageRequest<>(rooms, visibility, last, actionsMax, encoder);
    }

    /** The characters of its rooms' names, of which there may be thousands, as whoever keeps it has to keep them. */
    long characters() {
        return rooms.stream().mapToLong(room -> room.name().length()).sum();
    }

    /** The rooms of which no row is seen: it is only heard of them that rights change. Each caller has his own. */
    List<RoomId> silent() {
        return rooms.stream().filter(Predicate.not(visibility::isVisible)).toList();
    }

    /** What is left without the silent rooms: others may want the same. */
    PageRequest<T> ofRows() {
        List<RoomId> shown = rooms.stream().filter(visibility::isVisible).toList();
        return new PageRequest<>(shown, visibility.in(shown), after, actionsMax, encoder);
    }
}
