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
 * @param head the last position that is committed and visible
 */
public record Extent(Seq floor, Seq head) {
    /** Asks, with what was added to the round trip. */
    public static Extent of(RoundTrip opening, ActionLog log, Floors floors, Collection<RoomId> rooms)
            throws SQLException {
        Answer<Seq> floor = floors.highest(opening, rooms);
        Answer<Seq> head = log.head(opening);
        opening.run();
        return new Extent(floor.value(), head.value());
    }

    /** Whether all that came after a position is still known. */
    public boolean knowsWhatCameAfter(Seq position) {
        return !floor.isAfter(position);
    }
}
