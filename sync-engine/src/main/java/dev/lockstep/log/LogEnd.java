package dev.lockstep.log;

import dev.lockstep.api.Seq;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.StatementPipeline.PendingResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The end of the log: its head and epoch.
 *
 * @param head the last position that is committed and visible
 * @param isMarked whether an operator has marked the database as restored
 */
public record LogEnd(Seq head, Epoch epoch, boolean isMarked) {
    private static final String LOST =
            "lockstep_head or lockstep_epoch has lost its row: restore the database from a backup";

    /** Queries it when the pipeline runs. */
    public static PendingResult<LogEnd> query(StatementPipeline opening) {
        return opening.queryOne(
                "select head.seq, epoch.began, epoch.restored from lockstep_head head, lockstep_epoch epoch"
                        + " where head.id = 1 and epoch.id = 1",
                List.of(),
                LogEnd::read,
                LOST);
    }

    /** The current end of the log. */
    public static LogEnd of(Connection connection) throws SQLException {
        StatementPipeline opening = new StatementPipeline(connection);
        PendingResult<LogEnd> end = query(opening);
        opening.execute();
        return end.value();
    }

    private static LogEnd read(ResultSet row) throws SQLException {
        return new LogEnd(new Seq(row.getLong(1)), new Epoch(new Seq(row.getLong(2))), row.getBoolean(3));
    }

    /** Whether a position is of the current epoch, so that its client can continue from it unless actions were pruned. */
    public boolean contains(Seq position) {
        return !position.isAfter(head) && epoch.contains(position);
    }
}
