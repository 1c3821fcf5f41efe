package dev.lockstep.examples.sveltetodos;

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

/**
 * The table of the pantry, in a schema of its own: plain JDBC, as another program has it. No entity and no script of the
 * application knows the schema. Thread-safe.
 */
@ApplicationScoped
public class PantryTable {
    @Resource(lookup = "java:jboss/datasources/LockstepDS")
    private DataSource database;

    @PostConstruct
    void createTables() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists pantry");
            statement.execute("create table if not exists pantry.items"
                    + " (id varchar(255) primary key, name varchar(200) not null, amount bigint not null)");
            statement.execute("create table if not exists pantry.changes (mutation_id varchar(64) primary key)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All items. */
    List<Map<String, @Nullable Object>> items() {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select id, name, amount from pantry.items order by id");
                ResultSet found = select.executeQuery()) {
            List<Map<String, @Nullable Object>> items = new ArrayList<>();
            while (found.next()) {
                Map<String, @Nullable Object> item = new LinkedHashMap<>();
                item.put("id", found.getString("id"));
                item.put("name", found.getString("name"));
                item.put("amount", found.getLong("amount"));
                items.add(item);
            }
            return items;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a change unless it was made before: the change and its id commit together. */
    void once(String mutationId, String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (isNew(connection, mutationId)) {
                    execute(connection, sql, values);
                    execute(connection, "insert into pantry.changes values (?)", mutationId);
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
                connection.prepareStatement("select 1 from pantry.changes where mutation_id = ?")) {
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
