package dev.lockstep.database;

import java.sql.SQLException;

/** No connection was asked for, since the database is known to be away. {@link DatabaseAvailability} logs and counts it. */
final class DatabaseAway extends SQLException {
    /** The SQL client cannot establish the connection (ISO 9075-2, class 08). */
    private static final String STATE = "08001";

    DatabaseAway() {
        super("the database is away", STATE);
    }
}
