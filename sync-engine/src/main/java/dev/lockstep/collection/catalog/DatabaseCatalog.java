package dev.lockstep.collection.catalog;

import dev.lockstep.collection.catalog.TableConstraints.ForeignKey;
import dev.lockstep.collection.catalog.TableConstraints.TableColumn;
import dev.lockstep.collection.mapping.TableNames;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reader of the database's catalog: the tables of entities, their columns, keys, indexes and rules. A table is in the schema
 * that {@code @Table} names, otherwise in the connection's. All names are the database's own. Confined to one connection.
 */
final class DatabaseCatalog {
    /** H2: columns that replace a written NULL by their default. */
    private static final String DEFAULTS_ON_NULL = "select column_name, null from information_schema.columns"
            + " where table_schema = ? and table_name = ? and default_on_null";

    private static final String COMPUTED = "select column_name, generation_expression from information_schema.columns"
            + " where is_generated = 'ALWAYS' and table_schema = ? and table_name = ?";

    private static final String CHECKS = "select c.constraint_name, u.column_name from"
            + " information_schema.table_constraints c left join information_schema.constraint_column_usage u on"
            + " u.constraint_schema = c.constraint_schema and u.constraint_name = c.constraint_name and u.table_name ="
            + " c.table_name where c.constraint_type = 'CHECK' and c.table_schema = ? and c.table_name = ?";

    private static final String TRIGGERS = "select trigger_name, null from information_schema.triggers"
            + " where event_object_schema = ? and event_object_table = ? and event_manipulation <> 'DELETE'";

    private static final String RULES = "select rulename, null from pg_rules where schemaname = ? and tablename = ?";

    private final Connection connection;
    private final DatabaseMetaData database;

    DatabaseCatalog(Connection connection) throws SQLException {
        this.connection = connection;
        this.database = connection.getMetaData();
    }

    /**
     * An index or a unique constraint.
     *
     * @param parts its columns or expressions, in their order
     * @param filter the condition of a partial index; otherwise empty
     */
    record Index(String name, List<String> parts, String filter) {}

    /** The table of an entity; empty if there is none under the names of its annotations. */
    Optional<StoredTable> table(Class<?> entity) throws SQLException {
        Optional<String> schema = schema(entity);
        if (schema.isEmpty() || isInOtherCatalog(entity)) {
            return Optional.empty();
        }
        String folded = TableNames.folded(TableNames.table(entity));
        String escaped = escaped(folded);
        // A pattern is a lookup by name, and "%" reads all tables; each database folds unquoted names to a case of its
        // own.
        for (String pattern : List.of(escaped, escaped.toUpperCase(Locale.ROOT), "%")) {
            try (ResultSet tables = database.getTables(connection.getCatalog(), escaped(schema.get()), pattern, null)) {
                while (tables.next()) {
                    String name = tables.getString("TABLE_NAME");
                    String type = String.valueOf(tables.getString("TABLE_TYPE"));
                    boolean isView = type.contains("VIEW");
                    if (TableNames.folded(name).equals(folded) && (isView || type.contains("TABLE"))) {
                        return Optional.of(new StoredTable(
                                new TableName(schema.get(), name),
                                isView,
                                schema.get().equals(connection.getSchema())));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> schema(Class<?> entity) throws SQLException {
        Optional<String> declared = TableNames.schema(entity).map(TableNames::folded);
        if (declared.isEmpty()) {
            return Optional.ofNullable(connection.getSchema());
        }
        try (ResultSet schemas = database.getSchemas()) {
            while (schemas.next()) {
                String name = schemas.getString("TABLE_SCHEM");
                if (TableNames.folded(name).equals(declared.get())) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }

    /** A connection of both databases sees one catalog. */
    private boolean isInOtherCatalog(Class<?> entity) throws SQLException {
        String own = TableNames.folded(String.valueOf(connection.getCatalog()));
        return TableNames.catalog(entity)
                .filter(declared -> !TableNames.folded(declared).equals(own))
                .isPresent();
    }

    private String escaped(String name) throws SQLException {
        String escape = database.getSearchStringEscape();
        return name.replace("_", escape + "_").replace("%", escape + "%");
    }

    List<StoredColumn> columns(StoredTable table) throws SQLException {
        List<String> defaulted = isH2() ? names(DEFAULTS_ON_NULL, table) : List.of();
        List<StoredColumn> columns = new ArrayList<>();
        try (ResultSet column = database.getColumns(
                connection.getCatalog(),
                escaped(table.name().schema()),
                escaped(table.name().table()),
                "%")) {
            while (column.next()) {
                String name = column.getString("COLUMN_NAME");
                boolean computed = "YES".equals(column.getString("IS_GENERATEDCOLUMN"))
                        || "YES".equals(column.getString("IS_AUTOINCREMENT"))
                        || defaulted.contains(name);
                TableColumn limits = new TableColumn(
                        name,
                        column.getInt("DATA_TYPE"),
                        column.getInt("COLUMN_SIZE"),
                        column.getInt("DECIMAL_DIGITS"),
                        column.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls);
                columns.add(new StoredColumn(limits, column.getString("TYPE_NAME"), computed));
            }
        }
        return columns;
    }

    /** The columns that refuse NULL, and that the database gives no value itself. */
    List<String> required(StoredTable table) throws SQLException {
        List<String> required = new ArrayList<>();
        try (ResultSet column = database.getColumns(
                connection.getCatalog(),
                escaped(table.name().schema()),
                escaped(table.name().table()),
                "%")) {
            while (column.next()) {
                if (column.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls
                        && column.getString("COLUMN_DEF") == null
                        && !"YES".equals(column.getString("IS_GENERATEDCOLUMN"))
                        && !"YES".equals(column.getString("IS_AUTOINCREMENT"))) {
                    required.add(column.getString("COLUMN_NAME"));
                }
            }
        }
        return required;
    }

    /** The number of columns in the primary key; 0 without one. */
    int primaryKeyColumns(StoredTable table) throws SQLException {
        int columns = 0;
        try (ResultSet keys = database.getPrimaryKeys(
                connection.getCatalog(), table.name().schema(), table.name().table())) {
            while (keys.next()) {
                columns++;
            }
        }
        return columns;
    }

    /** The indexes of a table, or only the unique ones. */
    List<Index> indexes(StoredTable table, boolean unique) throws SQLException {
        Map<String, Index> indexes = new LinkedHashMap<>();
        try (ResultSet index = database.getIndexInfo(
                connection.getCatalog(), table.name().schema(), table.name().table(), unique, true)) {
            while (index.next()) {
                String name = index.getString("INDEX_NAME");
                String part = index.getString("COLUMN_NAME");
                if (name != null && part != null) {
                    String filter = index.getString("FILTER_CONDITION");
                    indexes.computeIfAbsent(
                                    name, first -> new Index(name, new ArrayList<>(), filter == null ? "" : filter))
                            .parts()
                            .add(part);
                }
            }
        }
        return List.copyOf(indexes.values());
    }

    /** The foreign keys of a table. */
    List<ForeignKey> references(StoredTable table) throws SQLException {
        return foreignKeys(database.getImportedKeys(
                connection.getCatalog(), table.name().schema(), table.name().table()));
    }

    /** The foreign keys that refer to a table, including its own. */
    List<ForeignKey> referenced(StoredTable table) throws SQLException {
        return foreignKeys(database.getExportedKeys(
                connection.getCatalog(), table.name().schema(), table.name().table()));
    }

    private static List<ForeignKey> foreignKeys(ResultSet rows) throws SQLException {
        Map<String, ForeignKey> keys = new LinkedHashMap<>();
        try (rows) {
            while (rows.next()) {
                String name = rows.getString("FK_NAME");
                TableName child = new TableName(rows.getString("FKTABLE_SCHEM"), rows.getString("FKTABLE_NAME"));
                TableName parent = new TableName(rows.getString("PKTABLE_SCHEM"), rows.getString("PKTABLE_NAME"));
                ForeignKey.Rules rules =
                        new ForeignKey.Rules(rows.getShort("UPDATE_RULE"), rows.getShort("DELETE_RULE"));
                ForeignKey part = new ForeignKey(
                        name,
                        child,
                        List.of(rows.getString("FKCOLUMN_NAME")),
                        parent,
                        List.of(rows.getString("PKCOLUMN_NAME")),
                        rules);
                keys.merge(child.sql() + " " + name, part, ForeignKey::and);
            }
        }
        return List.copyOf(keys.values());
    }

    /** The columns of each check constraint. A constraint may have none. */
    Map<String, List<String>> checks(StoredTable table) throws SQLException {
        Map<String, List<String>> checks = new LinkedHashMap<>();
        for (String[] row : rows(CHECKS, table)) {
            List<String> columns = checks.computeIfAbsent(row[0], first -> new ArrayList<>());
            if (row[1] != null) {
                columns.add(row[1]);
            }
        }
        return checks;
    }

    /** The expressions of generated columns, by their folded names. */
    Map<String, String> computed(StoredTable table) throws SQLException {
        Map<String, String> computed = new HashMap<>();
        for (String[] row : rows(COMPUTED, table)) {
            computed.put(TableNames.folded(row[0]), String.valueOf(row[1]));
        }
        return computed;
    }

    /** The triggers and rules that may change what is written. */
    List<String> triggers(StoredTable table) throws SQLException {
        List<String> triggers = new ArrayList<>(names(TRIGGERS, table));
        if (!isH2() && !table.isView()) {
            triggers.addAll(names(RULES, table));
        }
        return triggers;
    }

    private boolean isH2() throws SQLException {
        return database.getDatabaseProductName().equals("H2");
    }

    private List<String> names(String query, StoredTable table) throws SQLException {
        return rows(query, table).stream().map(row -> row[0]).toList();
    }

    /** The rows of a query with two columns. */
    private List<String[]> rows(String query, StoredTable table) throws SQLException {
        List<String[]> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, table.name().schema());
            select.setString(2, table.name().table());
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new String[] {found.getString(1), found.getString(2)});
                }
            }
        }
        return rows;
    }
}
