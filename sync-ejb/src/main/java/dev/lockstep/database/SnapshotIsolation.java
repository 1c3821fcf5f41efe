package dev.lockstep.database;

import java.sql.Connection;
import java.sql.SQLException;

/** How a transaction is set up in which everything is read as it was at one instant. */
final class SnapshotIsolation {
    /**
     * H2's own level: its REPEATABLE READ fixes each row when it is first read, and so not two tables at one instant
     * (h2database.com, "Transaction Isolation"; {@code org.h2.engine.Constants.TRANSACTION_SNAPSHOT}).
     */
    private static final int H2_SNAPSHOT = 6;

    private SnapshotIsolation() {}

    /**
     * Sets up the transaction of this connection, with the first questions that are asked in it: they are added to what
     * this returns. Nothing may have been asked before.
     */
    static StatementPipeline opening(Connection connection) throws SQLException {
        StatementPipeline opening = new StatementPipeline(connection);
        if (StatementPipeline.isPostgresql(connection)) {
            // Not by JDBC, which sets it for the session: that takes a message of its own, and the pool another to set
            // it back.
            opening.set("set transaction isolation level repeatable read");
        } else {
            connection.setTransactionIsolation(H2_SNAPSHOT);
        }
        return opening;
    }
}
