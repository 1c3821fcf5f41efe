package dev.lockstep.log;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.RoundTrip;
import dev.lockstep.database.RoundTrip.Answer;
import java.sql.SQLException;
import java.util.Collection;

/**
 * From where to where the log tells of some rooms.
 *
 * @param floor the highest of their floors; {@link Seq#START} if nothing of them was pruned
 */
public record Extent(Seq floor, LogEnd end) {
    /** Asks, with what was added to the round trip. */
    public static Extent of(RoundTrip opening, Floors floors, Collection<RoomId> rooms) throws SQLException {
        Answer<Seq> floor = floors.highest(opening, rooms);
        Answer<LogEnd> end = LogEnd.ask(opening);
        opening.run();
        return new Extent(floor.value(), end.value());
    }

    /** The last position that is committed and visible. */
    public Seq head() {
        return end.head();
    }

    /** Whether a position is one of this log, and all that came after it is still known. */
    public boolean knowsWhatCameAfter(Seq position) {
        return !floor.isAfter(position) && end.knows(position);
    }
}
