package dev.lockstep.mutation.batch;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.database.TransactionFailed;
import java.util.Set;

/**
 * Translates errors of the database into refusals. The texts of errors never reach a caller: they contain SQL and values
 * of other rows. The codes are SQLSTATEs: ISO 9075-2 section 24.1, PostgreSQL's appendix A, H2's {@code ErrorCode}.
 */
final class DatabaseRefusals {
    private static final String DATA_EXCEPTION = "22";
    private static final String INTEGRITY_VIOLATION = "23";
    private static final String ROLLED_BACK = "40";
    static final String UNIQUE_VIOLATION = "23505";
    private static final String TOO_LONG = "22001";
    private static final String NULL_VALUE = "23502";

    /** PostgreSQL's exclusion constraints. */
    private static final String EXCLUSION = "23P01";

    /** A foreign key; H2's for a parent that is missing. */
    private static final Set<String> DANGLING = Set.of("23503", "23506", "23001");

    /** Too long texts, numbers out of range, and H2's for numbers whose column it names. */
    private static final Set<String> TOO_LARGE = Set.of(TOO_LONG, "22003", "22004");

    /** A limit of the database, a trigger's own exception, a view's check option. */
    private static final Set<String> REJECTED_VALUE = Set.of("54", "P0", "44");

    /**
     * Connection, resources, operator, system; PostgreSQL's internal errors; H2's general and own errors, which concern
     * the database and not values. Without a state: a pool that has no connection.
     */
    private static final Set<String> UNAVAILABLE = Set.of("08", "53", "57", "58", "XX", "HY", "50", "90", "");

    /** PostgreSQL's lock_not_available, H2's lock timeout and concurrent update. */
    private static final Set<String> LOCK_NOT_AVAILABLE = Set.of("55P03", "HYT00", "90131");

    private DatabaseRefusals() {}

    /** Whether no mutation is to blame: the database could not be reached, or could not continue. */
    static boolean isUnavailable(TransactionFailed failure) {
        if (failure.inDoubt()) {
            return true;
        }
        return failure.sql().isPresent() ? UNAVAILABLE.contains(kind(state(failure))) : !failure.isByPersistence();
    }

    /** Whether a lock of another transaction was the reason: a retry soon may succeed. */
    static boolean isContention(TransactionFailed failure) {
        String state = state(failure);
        return state.startsWith(ROLLED_BACK) || LOCK_NOT_AVAILABLE.contains(state);
    }

    /** Whether a value that must be unique exists already. */
    static boolean isTaken(TransactionFailed failure) {
        return state(failure).equals(UNIQUE_VIOLATION);
    }

    /** Whether the same rows may be accepted in another order. */
    static boolean mayBeOrder(TransactionFailed failure) {
        return state(failure).startsWith(INTEGRITY_VIOLATION);
    }

    /** Whether a value does not fit its column. */
    static boolean isTooLarge(TransactionFailed failure) {
        return TOO_LARGE.contains(state(failure));
    }

    /** Whether a required column got no value. */
    static boolean isMissing(TransactionFailed failure) {
        return state(failure).equals(NULL_VALUE);
    }

    /** Whether a row refers to a row that is not there, or is about to be deleted. */
    static boolean isDangling(TransactionFailed failure) {
        return DANGLING.contains(state(failure));
    }

    /** The refusal for callers: permanent where the values themselves cannot be stored. */
    static Refusal refusal(TransactionFailed failure) {
        String state = state(failure);
        if (isTaken(failure)) {
            return new Refusal(ErrorCode.IN_USE, "A value that must be unique is already in use; choose another");
        }
        if (state.equals(TOO_LONG)) {
            return new Refusal(ErrorCode.INVALID, "A value is longer than its column; shorten it");
        }
        if (state.equals(EXCLUSION)) {
            return new Refusal(ErrorCode.IN_USE, "Its values are in conflict with another row; choose others");
        }
        if (state.startsWith(INTEGRITY_VIOLATION)) {
            return new Refusal(ErrorCode.INVALID, violation(state));
        }
        if (state.startsWith(DATA_EXCEPTION)) {
            return new Refusal(ErrorCode.INVALID, "A value does not fit its column; change it");
        }
        if (REJECTED_VALUE.contains(kind(state))) {
            return new Refusal(ErrorCode.INVALID, "The database refused a value of the row; change it");
        }
        return isUnavailable(failure) || isContention(failure)
                ? new Refusal(ErrorCode.UNAVAILABLE, "The database did not respond in time; send the request again")
                : new Refusal(ErrorCode.INTERNAL, "Internal error; the server's log has the cause");
    }

    /** The message for the case that the fields at fault cannot be found. */
    private static String violation(String state) {
        if (DANGLING.contains(state)) {
            return "The row refers to a row that is not there, or other rows still refer to it; mend it";
        }
        return switch (state) {
            case NULL_VALUE -> "A value is missing; add it";
            case "23513", "23514" -> "A value breaks a rule of its table; change it";
            default -> "The row breaks a rule of its table; mend it";
        };
    }

    /** The class of a state: its first two characters. */
    private static String kind(String state) {
        return state.substring(0, Math.min(2, state.length()));
    }

    private static String state(TransactionFailed failure) {
        return failure.sql()
                .map(sql -> sql.getSQLState() == null ? "" : sql.getSQLState())
                .orElse("");
    }
}
