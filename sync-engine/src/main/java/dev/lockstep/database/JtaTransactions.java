package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Transactions of the server on its default data source: the container's JPA and JDBC share one connection in each. On H2
 * the server's pool restores a connection's isolation level after a snapshot.
 */
@ApplicationScoped
class JtaTransactions implements Transactions {
    private static final Logger LOG = System.getLogger(JtaTransactions.class.getName());

    @Inject
    private ContainerResources resources;

    @Inject
    private DatabaseAvailability availability;

    @PersistenceContext(unitName = "lockstep")
    private EntityManager entities;

    @Inject
    private UserTransaction transaction;

    @Override
    public <T> T run(Work<T> work) {
        return run(work, true);
    }

    /** @param isEngines whether it is the engine's own, in which changes of entities are not logged by themselves */
    <T> T run(Work<T> work, boolean isEngines) {
        try {
            int attempt = availability.attempt();
            transaction.begin();
            if (isEngines) {
                resources.markAsEngineTransaction();
            }
            T result = work(work, attempt);
            commit();
            return result;
        } catch (NotSupportedException | SystemException | SQLException e) {
            throw new TransactionFailed(e);
        } finally {
            rollbackIfOpen();
        }
    }

    private <T> T work(Work<T> work, int attempt) {
        try (Connection connection = connection(attempt)) {
            return work.in(new Scope(entities, connection));
        } catch (SQLException | PersistenceException e) {
            throw new TransactionFailed(e);
        }
    }

    private Connection connection(int attempt) throws SQLException {
        try {
            Connection connection = resources.dataSource().getConnection();
            availability.reached(attempt);
            return connection;
        } catch (SQLException e) {
            availability.failed(attempt, e);
            throw e;
        }
    }

    private void commit() {
        try {
            transaction.commit();
        } catch (RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException
                | SystemException
                | IllegalStateException e) {
            // A transaction manager that lost the connection reports any of these; only the database knows the outcome.
            throw new TransactionFailed(e, true);
        }
    }

    private void rollbackIfOpen() {
        try {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (SystemException | RuntimeException e) {
            // The first failure is reported to the caller; the transaction manager rolls back the rest.
            LOG.log(Level.WARNING, "Rollback of a failed transaction failed", e);
        }
    }
}
