package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.database.TransactionFailed;

/** What a database's refusal means for the caller. Its words never reach them: they hold SQL and other rows' values. */
final class DatabaseRefusals {
    /** Class 23 of the SQLSTATEs (ISO 9075-2, section 24.1): integrity constraint violation. */
    private static final String INTEGRITY = "23";

    /** Class 22 of the same: data exception. */
    private static final String DATA = "22";

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String TOO_LONG = "22001";

    private DatabaseRefusals() {}

    /** Retryable unless the database said that the values themselves cannot be stored. */
    static Refusal refusal(TransactionFailed failure) {
        String state = failure.sql()
                .map(sql -> sql.getSQLState() == null ? "" : sql.getSQLState())
                .orElse("");
        if (state.equals(UNIQUE_VIOLATION)) {
            return new Refusal(ErrorCode.IN_USE, "A value that must be unique is taken already; choose another");
        }
        if (state.equals(TOO_LONG)) {
            return new Refusal(ErrorCode.INVALID, "A value is longer than its column; shorten it");
        }
        if (state.startsWith(INTEGRITY)) {
            return new Refusal(
                    ErrorCode.INVALID, "The row misses a value, or refers to a row that is not there; mend it");
        }
        if (state.startsWith(DATA)) {
            return new Refusal(ErrorCode.INVALID, "A value does not fit its column; change it");
        }
        return new Refusal(ErrorCode.UNAVAILABLE, "The database did not take it in time; send the same again");
    }
}
