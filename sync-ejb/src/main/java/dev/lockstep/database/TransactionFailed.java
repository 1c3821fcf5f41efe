package dev.lockstep.database;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Optional;

/** A transaction did not end with an answer to its commit. */
public final class TransactionFailed extends RuntimeException {
    private final boolean inDoubt;

    /** The transaction was rolled back. */
    public TransactionFailed(Throwable cause) {
        this(cause, false);
    }

    /**
     * The transaction failed.
     *
     * @param inDoubt whether it failed at its commit, so that the database may have done the work all the same
     */
    public TransactionFailed(Throwable cause, boolean inDoubt) {
        super(inDoubt ? "no answer to the commit of a transaction" : "the transaction was rolled back", cause);
        this.inDoubt = inDoubt;
    }

    /** Whether the work may have been done. */
    public boolean inDoubt() {
        return inDoubt;
    }

    /** Whether it was JPA that refused the work. */
    public boolean byPersistence() {
        return getCause() instanceof PersistenceException;
    }

    /** What the database said, if it was the database. */
    public Optional<SQLException> sql() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }
}
