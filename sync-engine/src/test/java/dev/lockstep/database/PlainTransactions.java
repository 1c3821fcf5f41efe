package dev.lockstep.database;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.hibernate.resource.jdbc.spi.PhysicalConnectionHandlingMode;

/** Transactions without a server: Hibernate's own, with its JDBC connection. */
final class PlainTransactions implements Transactions {
    private final SessionFactory sessions;

    PlainTransactions(SessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public <T> T run(Work<T> work) {
        try (Session session = sessions.openSession()) {
            return run(session, work);
        }
    }

    /**
     * A server's pool resets the isolation of a returned connection; the pool of the tests does not. The connection is
     * kept until the reset, or another transaction could get it before.
     */
    @Override
    public <T> T snapshot(OpeningWork<T> work) {
        try (Session session = sessions.withOptions()
                .connectionHandlingMode(PhysicalConnectionHandlingMode.DELAYED_ACQUISITION_AND_HOLD)
                .openSession()) {
            try {
                return run(session, scope -> work.in(scope, SnapshotIsolation.opening(scope.connection())));
            } finally {
                session.doWork(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED));
            }
        }
    }

    private static <T> T run(Session session, Work<T> work) {
        Transaction transaction = session.getTransaction();
        try {
            begin(transaction);
            T result = work(session, work);
            commit(transaction);
            return result;
        } finally {
            rollbackIfOpen(transaction);
        }
    }

    private static void begin(Transaction transaction) {
        try {
            transaction.begin();
        } catch (PersistenceException e) {
            throw new TransactionFailed(e);
        }
    }

    private static void rollbackIfOpen(Transaction transaction) {
        try {
            if (transaction.getStatus().canRollback()) {
                transaction.rollback();
            }
        } catch (PersistenceException | IllegalStateException lost) {
            return; // the first failure is reported; the database rolls back lost connections itself
        }
    }

    private static <T> T work(Session session, Work<T> work) {
        try {
            return session.doReturningWork(connection -> work.in(new Scope(session, connection)));
        } catch (PersistenceException e) {
            throw new TransactionFailed(e);
        }
    }

    private static void commit(Transaction transaction) {
        try {
            transaction.commit();
        } catch (PersistenceException | IllegalStateException e) {
            throw new TransactionFailed(e, true);
        }
    }
}
