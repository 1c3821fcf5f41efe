package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.FieldModel.Role;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.TableNames;
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
 * Reads from the database's catalog how the tables of collections store their rows. What the catalog does not show under
 * the names of the entity counts as stored otherwise: then rows are read back, which is always right.
 */
public final class StoredTables {
    private static final Logger LOG = System.getLogger(StoredTables.class.getName());

    /** H2: columns whose default stands in for a NULL that is written. */
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
     * Reads the catalog, and tells the collections.
     *
     * @throws Misconfiguration if a column cannot hold its field, or would change what rows are found by
     */
    public void read(Connection connection) throws SQLException {
        List<Place> places = places(connection);
        for (CollectionModel model : collections.all()) {
            read(connection, model, places);
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

    /** A table or a view, by the names that the database has. */
    private record Place(String schema, String table, boolean view) {}

    private static void read(Connection connection, CollectionModel model, List<Place> places) throws SQLException {
        Optional<Place> place = place(connection, model, places);
        if (place.isEmpty()) {
            model.storage().addFindings(List.of("the catalog has no table of its name"), Map.of(), Map.of());
            return;
        }
        Map<String, StoredColumn> columns = columns(connection, place.get());
        List<String> differences = new ArrayList<>();
        Map<String, Integer> limits = new HashMap<>();
        Map<FieldModel, FloatingPoint> floatingPoints = new HashMap<>();
        if (place.get().view()) {
            differences.add("it is stored through a view");
        }
        for (FieldModel field : model.fields()) {
            Optional<StoredColumn> column = Optional.ofNullable(columns.get(TableNames.folded(field.column())));
            column.ifPresent(found -> require(model, field, found));
            if (column.filter(found -> found.keeps(field)).isEmpty()) {
                differences.add("the column of the field '" + field.attribute() + "' may change its values");
            }
            column.flatMap(StoredColumn::charactersMax).ifPresent(most -> limits.put(field.name(), most));
            column.filter(found -> field.isPlain())
                    .flatMap(StoredColumn::floatingPoint)
                    .ifPresent(precision -> floatingPoints.put(field, precision));
        }
        triggers(connection, place.get())
                .forEach(trigger -> differences.add("the table has the trigger or rule '" + trigger + "'"));
        model.storage().addFindings(differences, limits, floatingPoints);
    }

    private static void require(CollectionModel model, FieldModel field, StoredColumn column) {
        if (field.isPlain() && column.cannotHold(field)) {
            throw MappingCheck.cannotHold(model, field, Optional.of(column.typeName()));
        }
        if (column.pads() && isSearchedFor(model, field)) {
            throw new Misconfiguration(model.entity().getName() + " has the field '" + field.attribute()
                    + "', by which rows are found, but its column '" + column.name() + "' is of type "
                    + column.typeName() + ", which fills texts up with blanks: make it varchar in a migration.");
        }
    }

    private static boolean isSearchedFor(CollectionModel model, FieldModel field) {
        return field.isRoom()
                || field.isScope()
                || field.role() == Role.OWNER
                || (field.role() == Role.ID && model.clientIds());
    }

    private static Optional<Place> place(Connection connection, CollectionModel model, List<Place> places)
            throws SQLException {
        String table = TableNames.folded(TableNames.table(model.entity()));
        String schema =
                TableNames.folded(TableNames.schema(model.entity()).orElse(String.valueOf(connection.getSchema())));
        return places.stream()
                .filter(place -> TableNames.folded(place.table()).equals(table)
                        && TableNames.folded(place.schema()).equals(schema))
                .findFirst();
    }

    private static List<Place> places(Connection connection) throws SQLException {
        List<Place> places = new ArrayList<>();
        try (ResultSet tables = connection.getMetaData().getTables(connection.getCatalog(), null, "%", null)) {
            while (tables.next()) {
                String type = String.valueOf(tables.getString("TABLE_TYPE"));
                if (type.contains("TABLE") || type.contains("VIEW")) {
                    places.add(new Place(
                            tables.getString("TABLE_SCHEM"), tables.getString("TABLE_NAME"), type.contains("VIEW")));
                }
            }
        }
        return places;
    }

    private static Map<String, StoredColumn> columns(Connection connection, Place place) throws SQLException {
        List<String> defaulted = isH2(connection) ? names(connection, DEFAULTS_ON_NULL, place) : List.of();
        DatabaseMetaData database = connection.getMetaData();
        String escape = database.getSearchStringEscape();
        Map<String, StoredColumn> columns = new HashMap<>();
        try (ResultSet column = database.getColumns(
                connection.getCatalog(), escaped(place.schema(), escape), escaped(place.table(), escape), "%")) {
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

    private static List<String> triggers(Connection connection, Place place) throws SQLException {
        List<String> triggers = new ArrayList<>(names(connection, TRIGGERS, place));
        if (!isH2(connection) && !place.view()) {
            triggers.addAll(names(connection, RULES, place));
        }
        return triggers;
    }

    private static boolean isH2(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    private static List<String> names(Connection connection, String query, Place place) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, place.schema());
            statement.setString(2, place.table());
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    names.add(found.getString(1));
                }
            }
        }
        return names;
    }
}
