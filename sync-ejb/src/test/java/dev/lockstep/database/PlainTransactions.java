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
                T result = session.doReturningWork(connection -> work.in(new Scope(session, connection)));
                transaction.commit();
                return result;
            } catch (PersistenceException e) {
                throw new TransactionFailed(e);
            } finally {
                if (transaction.getStatus().canRollback()) {
                    transaction.rollback();
                }
            }
        }
    }
}
