package dev.lockstep.database;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A transaction did not end with an answer to its commit. */
public final class TransactionFailed extends RuntimeException {
    /**
     * Classes of SQLSTATEs by which a database says that it has rolled back: of values, constraints, transactions that
     * were in each other's way, statements, limits, and what PL/pgSQL raises.
     */
    private static final Set<String> ROLLED_BACK = Set.of("0A", "22", "23", "25", "40", "42", "44", "54", "55", "P0");

    /** Of the class 40, but it says that nobody knows (ISO 9075-2: statement completion unknown). */
    private static final String COMPLETION_UNKNOWN = "40003";

    private final boolean inDoubt;

    /** The transaction was rolled back. */
    public TransactionFailed(Throwable cause) {
        this(cause, false);
    }

    /**
     * The transaction failed.
     *
     * @param atCommit whether it failed at its commit, so that the database may have done the work all the same, unless it
     *     said why it did not
     */
    public TransactionFailed(Throwable cause, boolean atCommit) {
        super(atCommit ? "no answer to the commit of a transaction" : "the transaction was rolled back", cause);
        this.inDoubt = atCommit && !isRolledBack();
    }

    /** Whether the work may have been done. */
    public boolean inDoubt() {
        return inDoubt;
    }

    /** Whether the database itself said that nothing of the work was done. */
    public boolean isRolledBack() {
        String state = sql().map(SQLException::getSQLState).orElse("");
        return state.length() >= 2 && ROLLED_BACK.contains(state.substring(0, 2)) && !state.equals(COMPLETION_UNKNOWN);
    }

    /** Whether it was JPA that refused the work. */
    public boolean byPersistence() {
        return getCause() instanceof PersistenceException;
    }

    /**
     * The database's exception, if the database failed it. Transaction managers hide it: a commit that was refused is a
     * {@code RollbackException} with the reason among its suppressed exceptions, and a batch has it as its next exception.
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
            // A batch's next exception says more than the batch, a state of its own more than its cause: RoomStamps
            // wraps
            // a taken key as a failure that passes.
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
