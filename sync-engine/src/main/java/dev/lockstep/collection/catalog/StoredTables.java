package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.TableNames;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.value.FloatingPoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reader of the storage of collections' tables in the database's catalog. A table or column that the catalog does not have
 * under the entity's names counts as changing its values: then rows are read back, which is always correct.
 */
public final class StoredTables {
    private static final Logger LOG = System.getLogger(StoredTables.class.getName());

    /** H2: columns that replace a written NULL by their default. */
    private static final String DEFAULTS_ON_NULL = "select lower(column_name) from information_schema.columns"
            + " where table_schema = ? and table_name = ? and default_on_null";

    private static final String TRIGGERS = "select trigger_name from information_schema.triggers"
            + " where event_object_schema = ? and event_object_table = ? and event_manipulation <> 'DELETE'";

    private static final String RULES = "select rulename from pg_rules where schemaname = ? and tablename = ?";

    private final CollectionRegistry collections;

    public StoredTables(CollectionRegistry collections) {
        this.collections = collections;
    }

    /**
     * Reads the catalog, and completes the {@link Storage} of each collection.
     *
     * @throws Misconfiguration if a column cannot hold its field, or pads values by which rows are found
     */
    public void read(Connection connection) throws SQLException {
        List<StoredTable> tables = tables(connection);
        for (CollectionModel model : collections.all()) {
            read(connection, model, tables);
            if (model.storage().readsBack()) {
                LOG.log(
                        Level.INFO,
                        "application={0} collection={1} rows are read back after each write: {2}",
                        model.application(),
                        model.name(),
                        String.join("; ", model.storage().reasons()));
            }
        }
    }

    /** A table or a view, by the database's own names. */
    private record StoredTable(String schema, String name, boolean view) {}

    private static void read(Connection connection, CollectionModel model, List<StoredTable> tables)
            throws SQLException {
        Optional<StoredTable> table = table(connection, model, tables);
        if (table.isEmpty()) {
            model.storage().addFindings(List.of("the catalog has no table of this name"), Map.of(), Map.of());
            return;
        }
        Map<String, StoredColumn> columns = columns(connection, table.get());
        List<String> differences = new ArrayList<>();
        Map<String, Integer> limits = new HashMap<>();
        Map<FieldModel, FloatingPoint> floatingPoints = new HashMap<>();
        if (table.get().view()) {
            differences.add("the rows are stored through a view");
        }
        for (FieldModel field : model.fields()) {
            Optional<StoredColumn> column = Optional.ofNullable(columns.get(TableNames.folded(field.column())));
            column.ifPresent(found -> require(model, field, found));
            if (column.filter(found -> found.keeps(field)).isEmpty()) {
                differences.add("the column of the field '" + field.property() + "' may change its values");
            }
            column.flatMap(found -> field.javaType() == byte[].class ? found.bytesMax() : found.charactersMax())
                    .ifPresent(most -> limits.put(field.name(), most));
            column.filter(found -> field.isPlain())
                    .flatMap(StoredColumn::floatingPoint)
                    .ifPresent(precision -> floatingPoints.put(field, precision));
        }
        triggers(connection, table.get())
                .forEach(trigger -> differences.add("the table has the trigger or rule '" + trigger + "'"));
        model.storage().addFindings(differences, limits, floatingPoints);
        if (!table.get().view()) {
            warnOfMissingIndexes(connection, model, table.get());
        }
    }

    private static void warnOfMissingIndexes(Connection connection, CollectionModel model, StoredTable table)
            throws SQLException {
        for (String sentence : new ListIndexes(model, table.name()).missing(connection, table.schema())) {
            LOG.log(Level.WARNING, "application={0} collection={1} {2}", model.application(), model.name(), sentence);
        }
    }

    private static void require(CollectionModel model, FieldModel field, StoredColumn column) {
        if (field.isPlain() && column.cannotHold(field)) {
            throw MappingCheck.cannotHold(model, field, Optional.of(column.typeName()));
        }
        if (model.lists().filterable().contains(field.name()) && column.comparesOtherwise(field)) {
            throw new Misconfiguration(model.entity().getName() + " has @Filterable on '" + field.name()
                    + "', but its column '" + column.name() + "' of type " + column.typeName()
                    + " compares other values than clients see: use varchar for a text and double precision for a"
                    + " double.");
        }
        if (column.pads() && isSearchKey(model, field)) {
            throw new Misconfiguration(model.entity().getName() + " has the field '" + field.property()
                    + "', by which rows are found, but its column '" + column.name() + "' is of type "
                    + column.typeName() + ", which pads texts with blanks: change it to varchar in a migration.");
        }
    }

    private static boolean isSearchKey(CollectionModel model, FieldModel field) {
        return field.isRoom()
                || field.isScope()
                || field.role() == Role.OWNER
                || model.lists().filterable().contains(field.name())
                || (field.role() == Role.ID && model.clientIds());
    }

    private static Optional<StoredTable> table(Connection connection, CollectionModel model, List<StoredTable> tables)
            throws SQLException {
        String name = TableNames.folded(TableNames.table(model.entity()));
        String schema =
                TableNames.folded(TableNames.schema(model.entity()).orElse(String.valueOf(connection.getSchema())));
        return tables.stream()
                .filter(table -> TableNames.folded(table.name()).equals(name)
                        && TableNames.folded(table.schema()).equals(schema))
                .findFirst();
    }

    private static List<StoredTable> tables(Connection connection) throws SQLException {
        List<StoredTable> tables = new ArrayList<>();
        try (ResultSet table = connection.getMetaData().getTables(connection.getCatalog(), null, "%", null)) {
            while (table.next()) {
                String type = String.valueOf(table.getString("TABLE_TYPE"));
                if (type.contains("TABLE") || type.contains("VIEW")) {
                    tables.add(new StoredTable(
                            table.getString("TABLE_SCHEM"), table.getString("TABLE_NAME"), type.contains("VIEW")));
                }
            }
        }
        return tables;
    }

    private static Map<String, StoredColumn> columns(Connection connection, StoredTable table) throws SQLException {
        List<String> defaulted = isH2(connection) ? names(connection, DEFAULTS_ON_NULL, table) : List.of();
        DatabaseMetaData database = connection.getMetaData();
        String escape = database.getSearchStringEscape();
        Map<String, StoredColumn> columns = new HashMap<>();
        try (ResultSet column = database.getColumns(
                connection.getCatalog(), escaped(table.schema(), escape), escaped(table.name(), escape), "%")) {
            while (column.next()) {
                String name = column.getString("COLUMN_NAME");
                boolean computed = "YES".equals(column.getString("IS_GENERATEDCOLUMN"))
                        || "YES".equals(column.getString("IS_AUTOINCREMENT"))
                        || defaulted.contains(TableNames.folded(name));
                columns.put(
                        TableNames.folded(name),
                        new StoredColumn(
                                name,
                                column.getInt("DATA_TYPE"),
                                column.getString("TYPE_NAME"),
                                column.getInt("COLUMN_SIZE"),
                                column.getInt("DECIMAL_DIGITS"),
                                computed));
            }
        }
        return columns;
    }

    private static String escaped(String name, String escape) {
        return name.replace("_", escape + "_").replace("%", escape + "%");
    }

    private static List<String> triggers(Connection connection, StoredTable table) throws SQLException {
        List<String> triggers = new ArrayList<>(names(connection, TRIGGERS, table));
        if (!isH2(connection) && !table.view()) {
            triggers.addAll(names(connection, RULES, table));
        }
        return triggers;
    }

    private static boolean isH2(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    private static List<String> names(Connection connection, String query, StoredTable table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    names.add(found.getString(1));
                }
            }
        }
        return names;
    }
}
