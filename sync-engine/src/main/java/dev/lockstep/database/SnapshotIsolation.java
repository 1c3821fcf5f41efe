package dev.lockstep.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Setup of a transaction that reads everything at one instant. */
final class SnapshotIsolation {
    /**
     * H2's own isolation level. Its REPEATABLE READ fixes each row when it is first read, so two tables are not read at
     * one instant (h2database.com, "Transaction Isolation"; {@code org.h2.engine.Constants.TRANSACTION_SNAPSHOT}).
     */
    private static final int H2_SNAPSHOT = 6;

    private SnapshotIsolation() {}

    /**
     * The setup of the connection's transaction. Add the transaction's first statements to the returned pipeline; none may
     * have been sent before.
     */
    static StatementPipeline opening(Connection connection) throws SQLException {
        StatementPipeline opening = new StatementPipeline(connection);
        if (StatementPipeline.isPostgresql(connection)) {
            // Not by JDBC, which sets the level for the session: that needs a message of its own, and the pool another
            // to reset it.
            opening.set("set transaction isolation level repeatable read");
        } else {
            connection.setTransactionIsolation(H2_SNAPSHOT);
        }
        return opening;
    }
}
