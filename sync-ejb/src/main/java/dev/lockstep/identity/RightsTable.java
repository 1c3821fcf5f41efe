package dev.lockstep.identity;

import dev.lockstep.identity.RevocationTable.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** How often whose rights have changed, and when last, in microseconds since 1970, as the database has it. */
final class RightsTable {
    /** What there is of one user. */
    record Changed(long times, long lastAt) {}

    /** Counts one change more, and answers with what there is then. Fails if another writes the user's first row meanwhile. */
    Changed write(Connection connection, User user, long changedAt) throws SQLException {
        if (!update(connection, user, changedAt)) {
            insert(connection, user, changedAt);
        }
        return read(connection, user);
    }

    private static Changed read(Connection connection, User user) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select changes, changed_at from lockstep_rights where application = ? and subject = ?")) {
            select.setString(1, user.application());
            select.setString(2, user.subject());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Changed(row.getLong(1), row.getLong(2));
            }
        }
    }

    private static boolean update(Connection connection, User user, long changedAt) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update lockstep_rights set changes = changes + 1,"
                + " changed_at = greatest(changed_at, ?) where application = ? and subject = ?")) {
            update.setLong(1, changedAt);
            update.setString(2, user.application());
            update.setString(3, user.subject());
            return update.executeUpdate() == 1;
        }
    }

    private static void insert(Connection connection, User user, long changedAt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into lockstep_rights (application, subject, changes, changed_at) values (?, ?, 1, ?)")) {
            insert.setString(1, user.application());
            insert.setString(2, user.subject());
            insert.setLong(3, changedAt);
            insert.executeUpdate();
        }
    }

    /** Those whose rights changed then or later. */
    Map<User, Changed> since(Connection connection, long micros) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select application, subject, changes, changed_at from lockstep_rights where changed_at >= ?")) {
            select.setLong(1, micros);
            try (ResultSet rows = select.executeQuery()) {
                Map<User, Changed> found = new HashMap<>();
                while (rows.next()) {
                    found.put(
                            new User(rows.getString(1), rows.getString(2)),
                            new Changed(rows.getLong(3), rows.getLong(4)));
                }
                return found;
            }
        }
    }
}
