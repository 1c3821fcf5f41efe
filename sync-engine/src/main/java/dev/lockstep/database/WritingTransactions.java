package dev.lockstep.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Setup of transactions that append to the log. On H2 the URL sets it (config/wildfly/datasource.cli), on PostgreSQL each
 * transaction.
 */
public final class WritingTransactions {
    /**
     * Longest wait for a lock that cannot be skipped: a room's, the head's, a unique value's. A transaction that holds one
     * of the first two is at its commit. A transaction that waits longer fails as contention.
     */
    public static final Duration LOCK_WAIT_MAX = Duration.ofSeconds(1);

    private WritingTransactions() {}

    /**
     * Sets up the current transaction of the connection.
     *
     * @param lockWait longest wait for a lock of another transaction, which is unlimited on PostgreSQL by default. A longer
     *     wait fails as contention
     */
    public static void begin(Connection connection, Duration lockWait) throws SQLException {
        opening(connection, lockWait).execute();
    }

    /**
     * The setup as a pipeline, to which the caller adds the first statements of the transaction.
     *
     * @param lockWait as for {@link #begin}
     */
    public static StatementPipeline opening(Connection connection, Duration lockWait) throws SQLException {
        StatementPipeline opening = new StatementPipeline(connection);
        // A plan made while a table was small stays with its prepared statement. Every row is found by key, so a scan
        // of a table or of a whole index is never right. Measured on fresh tables: a batch of 256 callers took 237 ms
        // with table scans and 43 ms without; with index scans 1,000 inserts/s in batches, until PostgreSQL analyzed
        // the
        // table a minute later, and 14,000/s without.
        if (StatementPipeline.isPostgresql(connection)) {
            opening.set("select set_config('lock_timeout', '" + lockWait.toMillis() + "', true),"
                    + " set_config('enable_seqscan', 'off', true), set_config('enable_indexonlyscan', 'off', true)");
        }
        return opening;
    }

    /**
     * Adds the check of constraints that are deferred to the commit. A row that violates one is then refused by name, like
     * a failed statement, before the log's head is locked. Only PostgreSQL supports such constraints.
     */
    public static void checkConstraints(StatementPipeline closing) throws SQLException {
        if (StatementPipeline.isPostgresql(closing.connection())) {
            closing.set("set constraints all immediate");
        }
    }
}
