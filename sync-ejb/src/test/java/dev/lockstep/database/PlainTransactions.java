package dev.lockstep.database;

import jakarta.persistence.PersistenceException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;

/** Transactions without a server: Hibernate's own, with its JDBC connection. */
final class PlainTransactions implements Transactions {
    private final SessionFactory sessions;

    PlainTransactions(SessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public <T> T run(Work<T> work) {
        try (Session session = sessions.openSession()) {
            Transaction transaction = session.beginTransaction();
            try {
                T result = work(session, work);
                commit(transaction);
                return result;
            } finally {
                if (transaction.getStatus().canRollback()) {
                    transaction.rollback();
                }
            }
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
