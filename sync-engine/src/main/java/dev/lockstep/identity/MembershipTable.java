package dev.lockstep.identity;

import dev.lockstep.identity.RevocationTable.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/** The table of group memberships. Works in the transaction of the connection. */
final class MembershipTable {
    /** Adds a membership; false if it exists. Fails if another transaction adds the same concurrently. */
    boolean add(Connection connection, User user, String group, long joinedAt) throws SQLException {
        if (groups(connection, user).contains(group)) {
            return false;
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into lockstep_membership"
                + " (application, subject, group_name, joined_at) values (?, ?, ?, ?)")) {
            insert.setString(1, user.application());
            insert.setString(2, user.subject());
            insert.setString(3, group);
            insert.setLong(4, joinedAt);
            insert.executeUpdate();
        }
        return true;
    }

    /** Removes a membership; false if there is none. */
    boolean remove(Connection connection, User user, String group) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from lockstep_membership where application = ? and subject = ? and group_name = ?")) {
            delete.setString(1, user.application());
            delete.setString(2, user.subject());
            delete.setString(3, group);
            return delete.executeUpdate() == 1;
        }
    }

    Set<String> groups(Connection connection, User user) throws SQLException {
        Set<String> groups = new LinkedHashSet<>();
        try (PreparedStatement select = connection.prepareStatement("select group_name from lockstep_membership"
                + " where application = ? and subject = ? order by joined_at, group_name")) {
            select.setString(1, user.application());
            select.setString(2, user.subject());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    groups.add(rows.getString(1));
                }
            }
        }
        return groups;
    }
}
