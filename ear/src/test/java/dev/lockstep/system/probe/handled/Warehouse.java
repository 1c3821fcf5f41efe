package dev.lockstep.system.probe.handled;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The tables of the warehouse, in a schema of their own. Plain JDBC, as another program has it. */
@ApplicationScoped
public class Warehouse {
    @Resource(lookup = "java:jboss/datasources/LockstepDS")
    private DataSource database;

    @PostConstruct
    void createTables() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists warehouse");
            statement.execute("create table if not exists warehouse.parts"
                    + " (id varchar(255) primary key, site varchar(255), name varchar(200), shelf varchar(20))");
            statement.execute("create table if not exists warehouse.changes (mutation_id varchar(64) primary key)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The parts of a site. */
    public List<Map<String, @Nullable Object>> parts(String site) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id, name, shelf from warehouse.parts where site = ? order by id")) {
            select.setString(1, site);
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                    row.put("id", found.getString("id"));
                    row.put("name", found.getString("name"));
                    row.put("shelf", found.getString("shelf"));
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a change unless it was made before: the change and its id commit together. */
    public void once(String mutationId, String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (isNew(connection, mutationId)) {
                    execute(connection, sql, values);
                    execute(connection, "insert into warehouse.changes values (?)", mutationId);
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isNew(Connection connection, String mutationId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from warehouse.changes where mutation_id = ?")) {
            select.setString(1, mutationId);
            try (ResultSet found = select.executeQuery()) {
                return !found.next();
            }
        }
    }

    private static void execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
