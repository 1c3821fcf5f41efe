package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.catalog.TableConstraints.Check;
import dev.lockstep.collection.catalog.TableConstraints.ForeignKey;
import dev.lockstep.collection.catalog.TableConstraints.TableColumn;
import dev.lockstep.collection.catalog.TableConstraints.UniqueKey;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.TableNames;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reader of the constraints on collections' tables in the database's catalog. Used only after the database has refused
 * something; a result is cached for a while, because it takes about five queries per table. Confined to one thread.
 */
public final class ConstraintCatalog {
    /** Lifetime of a cached result. A change of constraints is seen after it. */
    private static final Duration CACHED_FOR = Duration.ofSeconds(30);

    private static final String CHECKS = "select c.constraint_name, u.column_name from"
            + " information_schema.table_constraints c left join information_schema.constraint_column_usage u on"
            + " u.constraint_schema = c.constraint_schema and u.constraint_name = c.constraint_name and u.table_name ="
            + " c.table_name where c.constraint_type = 'CHECK' and c.table_schema = ? and c.table_name = ?";

    private static final String COMPUTED = "select column_name, generation_expression from information_schema.columns"
            + " where is_generated = 'ALWAYS' and table_schema = ? and table_name = ?";

    private final Map<CollectionModel, CachedRead> cache = new HashMap<>();

    private record CachedRead(Optional<TableConstraints> constraints, long atNanos) {}

    /** The constraints on a collection's table; empty if the catalog of the connection's schema has no such table. */
    public Optional<TableConstraints> of(Connection connection, CollectionModel model) throws SQLException {
        long now = System.nanoTime();
        CachedRead read = cache.get(model);
        if (read == null || now - read.atNanos() > CACHED_FOR.toNanos()) {
            read = new CachedRead(read(connection, model), now);
            cache.put(model, read);
        }
        return read.constraints();
    }

    private static Optional<TableConstraints> read(Connection connection, CollectionModel model) throws SQLException {
        Optional<String> table = table(connection, TableNames.folded(TableNames.table(model.entity())));
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Map<FieldModel, TableColumn> columns = columns(connection, table.get(), model);
        return Optional.of(new TableConstraints(
                table.get(),
                columns,
                unique(connection, table.get(), columns),
                foreignKeys(connection
                        .getMetaData()
                        .getImportedKeys(connection.getCatalog(), connection.getSchema(), table.get())),
                foreignKeys(connection
                        .getMetaData()
                        .getExportedKeys(connection.getCatalog(), connection.getSchema(), table.get())),
                checks(connection, table.get(), columns)));
    }

    private static Optional<String> table(Connection connection, String folded) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        String escaped = folded.replace("_", database.getSearchStringEscape() + "_");
        for (String pattern : List.of(escaped, escaped.toUpperCase(Locale.ROOT), "%")) {
            try (ResultSet tables =
                    database.getTables(connection.getCatalog(), connection.getSchema(), pattern, null)) {
                while (tables.next()) {
                    String name = tables.getString("TABLE_NAME");
                    if (TableNames.folded(name).equals(folded)) {
                        return Optional.of(name);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Map<FieldModel, TableColumn> columns(Connection connection, String table, CollectionModel model)
            throws SQLException {
        Map<String, FieldModel> fields = new HashMap<>();
        model.fields().forEach(field -> fields.put(TableNames.folded(field.column()), field));
        Map<FieldModel, TableColumn> columns = new LinkedHashMap<>();
        DatabaseMetaData database = connection.getMetaData();
        try (ResultSet column =
                database.getColumns(connection.getCatalog(), connection.getSchema(), escaped(database, table), "%")) {
            while (column.next()) {
                String name = column.getString("COLUMN_NAME");
                FieldModel field = fields.get(TableNames.folded(name));
                if (field != null) {
                    columns.put(
                            field,
                            new TableColumn(
                                    name,
                                    column.getInt("DATA_TYPE"),
                                    column.getInt("COLUMN_SIZE"),
                                    column.getInt("DECIMAL_DIGITS"),
                                    column.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls));
                }
            }
        }
        return columns;
    }

    private static String escaped(DatabaseMetaData database, String table) throws SQLException {
        return table.replace("_", database.getSearchStringEscape() + "_");
    }

    private static List<UniqueKey> unique(Connection connection, String table, Map<FieldModel, TableColumn> columns)
            throws SQLException {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        Map<String, String> filters = new HashMap<>();
        try (ResultSet index = connection
                .getMetaData()
                .getIndexInfo(connection.getCatalog(), connection.getSchema(), table, true, true)) {
            while (index.next()) {
                String name = index.getString("INDEX_NAME");
                String part = index.getString("COLUMN_NAME");
                if (name != null && part != null) {
                    parts.computeIfAbsent(name, first -> new ArrayList<>()).add(part);
                    String filter = index.getString("FILTER_CONDITION");
                    filters.put(name, filter == null ? "" : filter);
                }
            }
        }
        Map<String, String> computed = computed(connection, table);
        List<UniqueKey> unique = new ArrayList<>();
        parts.forEach(
                (name, some) -> unique.add(unique(name, some, filters.getOrDefault(name, ""), computed, columns)));
        return unique;
    }

    /** The expressions of generated columns. */
    private static Map<String, String> computed(Connection connection, String table) throws SQLException {
        Map<String, String> computed = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(COMPUTED)) {
            select.setString(1, connection.getSchema());
            select.setString(2, table);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    computed.put(TableNames.folded(rows.getString(1)), String.valueOf(rows.getString(2)));
                }
            }
        }
        return computed;
    }

    /** A part is a column, or an expression over columns. A deletion or archiving time in it is a condition, not a value. */
    private static UniqueKey unique(
            String name,
            List<String> parts,
            String filter,
            Map<String, String> computed,
            Map<FieldModel, TableColumn> columns) {
        Set<FieldModel> fields = new HashSet<>();
        Set<FieldModel> conditions = new HashSet<>(fieldsIn(filter, columns, false));
        boolean exact = true;
        for (String part : parts) {
            Set<FieldModel> plain = fieldsIn(part, columns, true);
            exact &= !plain.isEmpty();
            String expression = computed.getOrDefault(TableNames.folded(part), part);
            fields.addAll(plain.isEmpty() ? fieldsIn(expression, columns, false) : plain);
        }
        if (!exact) {
            fields.stream().filter(ConstraintCatalog::isStateMark).forEach(conditions::add);
            fields.removeIf(ConstraintCatalog::isStateMark);
        }
        return new UniqueKey(name, inOrder(fields, columns), inOrder(conditions, columns), exact);
    }

    private static boolean isStateMark(FieldModel field) {
        return field.role() == Role.DELETED_AT || field.role() == Role.ARCHIVED_AT;
    }

    private static List<FieldModel> inOrder(Set<FieldModel> fields, Map<FieldModel, TableColumn> columns) {
        return columns.keySet().stream().filter(fields::contains).toList();
    }

    private static Set<FieldModel> fieldsIn(String part, Map<FieldModel, TableColumn> columns, boolean whole) {
        Set<String> words = whole
                ? Set.of(TableNames.folded(part))
                : new HashSet<>(List.of(TableNames.folded(part).split("\\W+")));
        Set<FieldModel> fields = new HashSet<>();
        columns.forEach((field, column) -> {
            if (words.contains(TableNames.folded(column.name()))) {
                fields.add(field);
            }
        });
        return fields;
    }

    private static List<ForeignKey> foreignKeys(ResultSet rows) throws SQLException {
        Map<String, List<String[]>> parts = new LinkedHashMap<>();
        try (rows) {
            while (rows.next()) {
                String child = TableNames.folded(rows.getString("FKTABLE_NAME"));
                parts.computeIfAbsent(child + " " + rows.getString("FK_NAME"), first -> new ArrayList<>())
                        .add(new String[] {
                            rows.getString("FK_NAME"),
                            child,
                            TableNames.folded(rows.getString("FKCOLUMN_NAME")),
                            TableNames.folded(rows.getString("PKTABLE_NAME")),
                            TableNames.folded(rows.getString("PKCOLUMN_NAME"))
                        });
            }
        }
        return parts.values().stream()
                .map(some -> new ForeignKey(
                        some.getFirst()[0],
                        some.getFirst()[1],
                        some.stream().map(part -> part[2]).toList(),
                        some.getFirst()[3],
                        some.stream().map(part -> part[4]).toList()))
                .toList();
    }

    private static List<Check> checks(Connection connection, String table, Map<FieldModel, TableColumn> columns)
            throws SQLException {
        Map<String, List<FieldModel>> checks = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(CHECKS)) {
            select.setString(1, connection.getSchema());
            select.setString(2, table);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    List<FieldModel> fields = checks.computeIfAbsent(rows.getString(1), first -> new ArrayList<>());
                    String column = rows.getString(2);
                    if (column != null) {
                        fields.addAll(fieldsIn(column, columns, true));
                    }
                }
            }
        }
        return checks.entrySet().stream()
                .map(check -> new Check(check.getKey(), check.getValue()))
                .toList();
    }
}
