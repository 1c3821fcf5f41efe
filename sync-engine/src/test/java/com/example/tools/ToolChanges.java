package com.example.tools;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Publisher;
import dev.lockstep.api.SyncException;
import dev.lockstep.sample.Tool;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Reports rows that other programs change, until it is stopped. */
public class ToolChanges implements Runnable {
    private static final Logger LOG = System.getLogger(ToolChanges.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 500;

    private final DataSource database;
    private final Publisher publisher;
    private final CountDownLatch stopped = new CountDownLatch(1);

    public ToolChanges(DataSource database, Publisher publisher) {
        this.database = database;
        this.publisher = publisher;
    }

    public void stop() {
        stopped.countDown();
    }

    @Override
    public void run() {
        try {
            do {
                listen();
            } while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("listen tool_changes");
            PGConnection notified = connection.unwrap(PGConnection.class);
            while (stopped.getCount() > 0) {
                while (report(connection)) {} // also what was changed while nobody listened
                notified.getNotifications((int) PAUSE.toMillis()); // returns with the first one
            }
            statement.execute("unlisten tool_changes");
        } catch (SQLException | SyncException e) {
            LOG.log(Level.WARNING, "Changes of tools are not reported; the next attempt follows", e);
        }
    }

    /** Reports the oldest changes; returns whether there were any. */
    private boolean report(Connection connection) throws SQLException {
        Map<Long, String> changes = new TreeMap<>();
        String sql = "select number, id from tool_changes order by number limit " + AT_ONCE;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                changes.put(rows.getLong(1), rows.getString(2));
            }
        }
        try (PreparedStatement done = connection.prepareStatement("delete from tool_changes where number = ?")) {
            for (Map.Entry<Long, String> change : changes.entrySet()) {
                publisher.changed(Tool.class, new EntityId(change.getValue()));
                done.setLong(1, change.getKey());
                done.executeUpdate(); // after the report, which may be repeated
            }
        }
        return !changes.isEmpty();
    }
}
