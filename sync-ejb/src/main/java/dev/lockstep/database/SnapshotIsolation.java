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

    /** Sets up the transaction of this connection. Nothing may have been asked in it. */
    static void begin(Connection connection) throws SQLException {
        boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
        connection.setTransactionIsolation(h2 ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
    }
}
