package dev.lockstep.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How a transaction that appends to the log is set up. On H2 that is done in the URL (config/wildfly/datasource.cli), on
 * PostgreSQL for each transaction.
 */
public final class WritingTransactions {
    /**
     * Longest wait for a lock that cannot be skipped: a room's, the head's, a unique value's. Whoever holds one of the
     * first two is at its commit. A transaction that waits longer fails as contention.
     */
    public static final Duration LOCK_WAIT_MAX = Duration.ofSeconds(1);

    private WritingTransactions() {}

    /**
     * Sets up the transaction of this connection, from here to its end.
     *
     * @param lockWait how long it waits for a lock that another transaction holds; PostgreSQL would wait for ever. A
     *     longer wait fails as contention
     */
    public static void begin(Connection connection, Duration lockWait) throws SQLException {
        opening(connection, lockWait).execute();
    }

    /**
     * The same, to be sent with the first statements of the transaction: they are added to what this returns.
     *
     * @param lockWait as for {@link #begin}
     */
    public static StatementPipeline opening(Connection connection, Duration lockWait) throws SQLException {
        StatementPipeline opening = new StatementPipeline(connection);
        // A plan made while a table was small stays with its prepared statement; everything here is found by key, so a
        // scan is never right, of a table or of a whole index. Measured on fresh tables: with 256 callers 237 ms for a
        // group with scans of tables, 43 ms without; 1,000 inserts a second in batches with scans of an index, until
        // PostgreSQL analyzed the table a minute later, 14,000 without.
        if (StatementPipeline.isPostgresql(connection)) {
            opening.set("select set_config('lock_timeout', '" + lockWait.toMillis() + "', true),"
                    + " set_config('enable_seqscan', 'off', true), set_config('enable_indexonlyscan', 'off', true)");
        }
        return opening;
    }

    /**
     * Adds the check of the constraints that are deferred to the commit: a row that breaks one is refused as a statement
     * is, by name, before the log's head is locked. Only PostgreSQL knows such constraints.
     */
    public static void checkConstraints(StatementPipeline closing) throws SQLException {
        if (StatementPipeline.isPostgresql(closing.connection())) {
            closing.set("set constraints all immediate");
        }
    }
}
