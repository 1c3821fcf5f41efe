package dev.lockstep.database;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs work in a database transaction of its own: a JTA transaction in the server, a JDBC transaction in tests. */
public interface Transactions {
    /**
     * Begins a transaction, runs the work, and commits; rolls back if the work throws.
     *
     * @throws TransactionFailed if the database refused the work or its commit, or could not be reached; then nothing is
     *     changed, unless the outcome is {@link TransactionFailed#inDoubt in doubt}
     */
    <T> T run(Work<T> work);

    /**
     * Runs work that only reads, at one instant. The database keeps that instant for as long as the work takes, so the
     * work must be short.
     */
    default <T> T snapshot(Work<T> work) {
        return snapshot((scope, opening) -> {
            opening.execute();
            return work.in(scope);
        });
    }

    /** Runs work that only reads, as {@link #snapshot(Work)}, and that sends its first statements with the setup. */
    default <T> T snapshot(OpeningWork<T> work) {
        return run(scope -> work.in(scope, SnapshotIsolation.opening(scope.connection())));
    }

    /** The work of a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Scope scope) throws SQLException;
    }

    /** The work of a snapshot, from its first message on. */
    @FunctionalInterface
    interface OpeningWork<T> {
        /**
         * Runs the work.
         *
         * @param opening the setup of the transaction: the work adds its first statements, and executes the pipeline before
         *     any other statement
         */
        T in(Scope scope, StatementPipeline opening) throws SQLException;
    }

    /** One transaction, as JPA and as JDBC on the same connection. */
    record Scope(EntityManager entities, Connection connection) {}
}
