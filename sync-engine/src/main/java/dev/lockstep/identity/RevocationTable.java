package dev.lockstep.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The table of revocations, with times in microseconds since 1970. It keeps one row per user forever, as tokens may live long. */
final class RevocationTable {
    /** A user of an application. */
    record User(String application, String subject) {}

    /** The caller's transaction fails if another one writes the user's first row at the same time. */
    void write(Connection connection, User user, long revokedAt) throws SQLException {
        if (!update(connection, user, revokedAt)) {
            insert(connection, user, revokedAt);
        }
    }

    private static boolean update(Connection connection, User user, long revokedAt) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update lockstep_revocation"
                + " set revoked_at = greatest(revoked_at, ?) where application = ? and subject = ?")) {
            update.setLong(1, revokedAt);
            update.setString(2, user.application());
            update.setString(3, user.subject());
            return update.executeUpdate() == 1;
        }
    }

    private static void insert(Connection connection, User user, long revokedAt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into lockstep_revocation (application, subject, revoked_at) values (?, ?, ?)")) {
            insert.setString(1, user.application());
            insert.setString(2, user.subject());
            insert.setLong(3, revokedAt);
            insert.executeUpdate();
        }
    }

    /**
     * The users that were revoked at this time or later, the latest first.
     *
     * @param most most users
     */
    Map<User, Long> since(Connection connection, long micros, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select application, subject, revoked_at from lockstep_revocation where revoked_at >= ?"
                        + " order by revoked_at desc fetch first " + most + " rows only")) {
            select.setLong(1, micros);
            try (ResultSet rows = select.executeQuery()) {
                Map<User, Long> found = new LinkedHashMap<>();
                while (rows.next()) {
                    found.put(new User(rows.getString(1), rows.getString(2)), rows.getLong(3));
                }
                return found;
            }
        }
    }

    /** The last revocation of a user; empty if there is none. */
    OptionalLong of(Connection connection, User user) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select revoked_at from lockstep_revocation where application = ? and subject = ?")) {
            select.setString(1, user.application());
            select.setString(2, user.subject());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }
}
