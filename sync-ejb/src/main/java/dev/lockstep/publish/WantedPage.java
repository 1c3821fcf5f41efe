package dev.lockstep.publish;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.room.Sight;
import java.util.List;
import java.util.function.Predicate;

/** A page of deltas as it is asked for. Equal ones are the same page, once another follows it: the log does not change. */
record WantedPage<T>(List<RoomId> rooms, Sight sight, Seq after, int actionsMax, PageEncoder<T> encoder) {
    WantedPage<T> after(Seq last) {
        return new WantedPage<>(rooms, sight, last, actionsMax, encoder);
    }

    /** The characters of its rooms' names, of which there may be thousands, as whoever keeps it has to keep them. */
    long characters() {
        return rooms.stream().mapToLong(room -> room.name().length()).sum();
    }

    /** The rooms of which no row is seen: it is only heard of them that rights change. Each caller has his own. */
    List<RoomId> silent() {
        return rooms.stream().filter(Predicate.not(sight::isVisible)).toList();
    }

    /** What is left without the silent rooms: others may want the same. */
    WantedPage<T> ofRows() {
        List<RoomId> shown = rooms.stream().filter(sight::isVisible).toList();
        return new WantedPage<>(shown, sight.in(shown), after, actionsMax, encoder);
    }
}
