package dev.lockstep.log;

import dev.lockstep.api.Caller;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.StatementPipeline.PendingResult;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The range of the log that is available for some rooms.
 *
 * @param floor the highest of their floors; {@link Seq#START} if nothing of them was pruned
 */
public record LogBounds(Seq floor, LogEnd end) {
    /** Queries the bounds, together with the statements already in the pipeline. */
    public static LogBounds of(StatementPipeline opening, Floors floors, Collection<RoomId> rooms) throws SQLException {
        PendingResult<Seq> floor = floors.highest(opening, rooms);
        PendingResult<LogEnd> end = LogEnd.query(opening);
        opening.execute();
        return new LogBounds(floor.value(), end.value());
    }

    /**
     * Whether the log holds everything after a position, for a user whose rights may have changed meanwhile.
     *
     * @param user the user whose rights are checked; empty if none
     * @return false if a part was pruned or is of a lost epoch, or if the rights have changed since
     */
    public static boolean isComplete(
            StatementPipeline opening, Floors floors, Collection<RoomId> rooms, Optional<Caller> user, Seq after)
            throws SQLException {
        Optional<RightsRoom> rights = user.flatMap(RightsRoom::of);
        List<RoomId> all = new ArrayList<>(rooms);
        rights.ifPresent(one -> all.add(one.room()));
        LogBounds logBounds = of(opening, floors, all);
        return logBounds.coversAfter(after)
                && !(rights.isPresent() && rights.get().changed(opening.connection(), after, logBounds.head()));
    }

    /** The last position that is committed and visible. */
    public Seq head() {
        return end.head();
    }

    /** Whether a position is of this log, and everything after it is available. */
    public boolean coversAfter(Seq position) {
        return !floor.isAfter(position) && end.contains(position);
    }
}
