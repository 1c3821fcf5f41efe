package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.database.TransactionFailed;
import java.util.Set;

/**
 * What a database's refusal means. Its words never reach a caller: they hold SQL and other rows' values. The codes are
 * SQLSTATEs: ISO 9075-2 section 24.1, PostgreSQL's appendix A, H2's {@code ErrorCode}.
 */
final class DatabaseRefusals {
    private static final String DATA_EXCEPTION = "22";
    private static final String INTEGRITY_VIOLATION = "23";
    private static final String ROLLED_BACK = "40";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String TOO_LONG = "22001";

    /** PostgreSQL's lock_not_available, H2's lock timeout and concurrent update. */
    private static final Set<String> NOT_AVAILABLE = Set.of("55P03", "HYT00", "90131");

    private DatabaseRefusals() {}

    /** Whether somebody's values are to blame, so that the same would be refused again. */
    static boolean isPermanent(TransactionFailed failure) {
        return !refusal(failure).code().retryable();
    }

    /** Whether another transaction was in the way: trying again soon may help. */
    static boolean isContention(TransactionFailed failure) {
        String state = state(failure);
        return state.startsWith(ROLLED_BACK) || NOT_AVAILABLE.contains(state);
    }

    /** Retryable unless the database said that the values themselves cannot be stored. */
    static Refusal refusal(TransactionFailed failure) {
        String state = state(failure);
        if (state.equals(UNIQUE_VIOLATION)) {
            return new Refusal(ErrorCode.IN_USE, "A value that must be unique is taken already; choose another");
        }
        if (state.equals(TOO_LONG)) {
            return new Refusal(ErrorCode.INVALID, "A value is longer than its column; shorten it");
        }
        if (state.startsWith(INTEGRITY_VIOLATION)) {
            return new Refusal(
                    ErrorCode.INVALID, "The row misses a value, or refers to a row that is not there; mend it");
        }
        if (state.startsWith(DATA_EXCEPTION)) {
            return new Refusal(ErrorCode.INVALID, "A value does not fit its column; change it");
        }
        return new Refusal(ErrorCode.UNAVAILABLE, "The database did not take it in time; send the same again");
    }

    private static String state(TransactionFailed failure) {
        return failure.sql()
                .map(sql -> sql.getSQLState() == null ? "" : sql.getSQLState())
                .orElse("");
    }
}
