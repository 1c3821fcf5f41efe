package dev.lockstep.database;

import java.sql.SQLException;

/** No connection was requested during an outage. {@link DatabaseAvailability} logs and counts it. */
final class DatabaseUnavailable extends SQLException {
    /** The SQL client cannot establish the connection (ISO 9075-2, class 08). */
    private static final String STATE = "08001";

    DatabaseUnavailable() {
        super("the database is unavailable", STATE);
    }
}
