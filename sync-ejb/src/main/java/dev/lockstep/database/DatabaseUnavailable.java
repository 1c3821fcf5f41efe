package dev.lockstep.database;

import java.sql.SQLException;

/** No connection was asked for, since the database is known to be away. {@link DatabaseAvailability} logs and counts it. */
final class DatabaseUnavailable extends SQLException {
    /** The SQL client cannot establish the connection (ISO 9075-2, class 08). */
    private static final String STATE = "08001";

    DatabaseUnavailable() {
        super("the database is away", STATE);
    }
}
