package dev.lockstep.system.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that writes to disk before it answers. It keeps its port and its data when it is stopped and started. */
public final class PostgresqlDatabase implements AutoCloseable {
    private final Path data;
    private final int port;
    private @Nullable EmbeddedPostgres running;

    /** @param data an empty folder */
    public PostgresqlDatabase(Path data) {
        this.data = data;
        this.port = freePort();
    }

    public PostgresqlDatabase start() {
        if (running != null) {
            return this;
        }
        try {
            running = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    // The test library turns both off; these tests need durability.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The environment that points a server at this database. */
    public Map<String, String> environment() {
        return environment(port);
    }

    /** The same through a proxy at this port of 127.0.0.1. */
    public Map<String, String> environment(int proxyPort) {
        return Map.of(
                "LOCKSTEP_DB_URL", "jdbc:postgresql://127.0.0.1:" + proxyPort + "/postgres",
                "LOCKSTEP_DB_USER", "postgres",
                "LOCKSTEP_DB_PASSWORD", "postgres");
    }

    /** A connection that is not the server's. */
    public Connection connect() throws SQLException {
        if (running == null) {
            throw new IllegalStateException("the database is not running");
        }
        return running.getPostgresDatabase().getConnection();
    }

    /** The first column of the first row of a query's result. */
    public String query(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    @Override
    public void close() {
        if (running != null) {
            try {
                running.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            running = null;
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
