package dev.lockstep.system.nodes;

import dev.lockstep.system.server.PostgresqlDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A transaction outside the server that locks the row of a note until it is released or closed. */
final class LockedNote implements AutoCloseable {
    private final Connection connection;

    LockedNote(PostgresqlDatabase database, String id) throws SQLException {
        connection = database.connect();
        connection.setAutoCommit(false);
        try (PreparedStatement lock =
                connection.prepareStatement("select id from probe_notes where id = ? for update")) {
            lock.setString(1, id);
            lock.execute();
        }
    }

    void release() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
