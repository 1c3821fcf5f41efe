package dev.lockstep.database;

import java.sql.SQLException;
import java.util.Optional;

/** A transaction was rolled back. */
public final class TransactionFailed extends RuntimeException {
    public TransactionFailed(Throwable cause) {
        super("the transaction was rolled back", cause);
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
