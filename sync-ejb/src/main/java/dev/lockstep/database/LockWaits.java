package dev.lockstep.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * How long a transaction waits for another's locks. On H2 that is a setting of the URL (config/wildfly/datasource.cli);
 * on PostgreSQL, which waits for ever unless told otherwise, it is set for each transaction.
 */
public final class LockWaits {
    private LockWaits() {}

    /** Limits the waits of this transaction; one that takes longer fails as contention. */
    public static void limit(Connection connection, Duration wait) throws SQLException {
        if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            try (Statement set = connection.createStatement()) {
                set.execute("select set_config('lock_timeout', '" + wait.toMillis() + "', true),"
                        + " set_config('enable_seqscan', 'off', true)");
            }
        }
    }
}
