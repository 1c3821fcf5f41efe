package dev.lockstep.database;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A failed transaction. It was rolled back, or its outcome is {@linkplain #inDoubt in doubt}. */
public final class TransactionFailed extends RuntimeException {
    /**
     * SQLSTATE classes by which a database reports a rollback: data, constraints, serialization, statements, limits, and
     * exceptions raised by PL/pgSQL.
     */
    private static final Set<String> ROLLED_BACK = Set.of("0A", "22", "23", "25", "40", "42", "44", "54", "55", "P0");

    /** A state of class 40 with an unknown outcome (ISO 9075-2: statement completion unknown). */
    private static final String COMPLETION_UNKNOWN = "40003";

    private final boolean inDoubt;

    /** A transaction that was rolled back. */
    public TransactionFailed(Throwable cause) {
        this(cause, false);
    }

    /**
     * A transaction that failed.
     *
     * @param atCommit whether it failed at its commit; then its outcome is in doubt, unless the database reported a
     *     rollback
     */
    public TransactionFailed(Throwable cause, boolean atCommit) {
        super(atCommit ? "the commit of a transaction got no response" : "the transaction was rolled back", cause);
        this.inDoubt = atCommit && !isRolledBack();
    }

    /** Whether the transaction may have been committed. */
    public boolean inDoubt() {
        return inDoubt;
    }

    /** Whether the database itself reported the rollback. */
    public boolean isRolledBack() {
        String state = sql().map(SQLException::getSQLState).orElse("");
        return state.length() >= 2 && ROLLED_BACK.contains(state.substring(0, 2)) && !state.equals(COMPLETION_UNKNOWN);
    }

    /** Whether JPA refused the work. */
    public boolean isByPersistence() {
        return getCause() instanceof PersistenceException;
    }

    /**
     * The database's exception, if the database is the cause. Transaction managers hide it: a refused commit is a
     * {@code RollbackException} with the cause among its suppressed exceptions, and a batch has it as its next exception.
     */
    public Optional<SQLException> sql() {
        return Optional.ofNullable(find(getCause(), Collections.newSetFromMap(new IdentityHashMap<>())));
    }

    private static @Nullable SQLException find(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return null;
        }
        SQLException found = find(failure.getCause(), seen);
        if (failure instanceof SQLException sql) {
            // A batch's next exception says more than the batch, and a state of its own more than the cause: RoomStamps
            // wraps a taken key as a transient failure.
            found = preferred(find(sql.getNextException(), seen), preferred(sql, found));
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            found = preferred(found, find(suppressed, seen));
        }
        return found;
    }

    private static @Nullable SQLException preferred(@Nullable SQLException first, @Nullable SQLException other) {
        return first == null || (first.getSQLState() == null && other != null) ? other : first;
    }
}
