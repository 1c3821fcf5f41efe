package dev.lockstep.database;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs work in a database transaction of its own. In the server that is JTA's; tests bring a plainer one. */
public interface Transactions {
    /**
     * Begins, works, commits; rolls back if the work throws.
     *
     * @throws TransactionFailed if the database refused the work or its commit, or could not be reached; nothing of it
     *     is done then, unless {@link TransactionFailed#inDoubt} says that it may be
     */
    <T> T run(Work<T> work);

    /**
     * The same for work that only reads: everything as it was at one instant. The database keeps that instant for as long
     * as the work takes, so it must be short.
     */
    default <T> T snapshot(Work<T> work) {
        return snapshot((scope, opening) -> {
            opening.execute();
            return work.in(scope);
        });
    }

    /** The same for work that knows what it asks first. */
    default <T> T snapshot(OpeningWork<T> work) {
        return run(scope -> work.in(scope, SnapshotIsolation.opening(scope.connection())));
    }

    /** What is done in the transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Scope scope) throws SQLException;
    }

    /** What is done in a snapshot, from its first round trip on. */
    @FunctionalInterface
    interface OpeningWork<T> {
        /**
         * Works.
         *
         * @param opening sets up the transaction: the work adds what it asks first, and runs it before it asks anything else
         */
        T in(Scope scope, StatementPipeline opening) throws SQLException;
    }

    /** One transaction, as JPA and as JDBC: both are the same connection. */
    record Scope(EntityManager entities, Connection connection) {}
}
