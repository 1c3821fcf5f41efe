package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.mapping.TableNames;
import dev.lockstep.collection.registry.CollectionRegistry;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Check of the keys of collections' tables. A foreign key must not let the database itself change rows, because the log
 * would miss the change; it need not, because the engine deletes children before their parents. A primary key of one
 * column is required: it refuses an id that is in use. Covers tables of the default schema; views have no keys.
 */
public final class ForeignKeyCheck {
    private final CollectionRegistry collections;

    public ForeignKeyCheck(CollectionRegistry collections) {
        this.collections = collections;
    }

    /** @throws Misconfiguration if a key is wrong or missing, with the table, the constraint and the fix */
    public void check(Connection connection) throws SQLException {
        Map<String, CollectionModel> byTable = new HashMap<>();
        collections.all().forEach(model -> byTable.put(TableNames.folded(TableNames.table(model.entity())), model));
        DatabaseMetaData database = connection.getMetaData();
        // The database's own names are needed: each database folds unquoted names to a case of its own.
        try (ResultSet tables = database.getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
            while (tables.next()) {
                String table = tables.getString("TABLE_NAME");
                CollectionModel model = byTable.get(TableNames.folded(table));
                if (model != null) {
                    requireNoAction(connection, table, model);
                    if (!tables.getString("TABLE_TYPE").contains("VIEW")) {
                        requireSingleKey(connection, table);
                    }
                }
            }
        }
    }

    private static void requireSingleKey(Connection connection, String table) throws SQLException {
        int columns = 0;
        try (ResultSet keys =
                connection.getMetaData().getPrimaryKeys(connection.getCatalog(), connection.getSchema(), table)) {
            while (keys.next()) {
                columns++;
            }
        }
        if (columns != 1) {
            throw new Misconfiguration(
                    "The table " + table + " has "
                            + (columns == 0 ? "no primary key" : "a primary key of " + columns + " columns")
                            + ", so that the database would accept the same id twice: make the column of the id its primary key.");
        }
    }

    private static void requireNoAction(Connection connection, String table, CollectionModel model)
            throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        try (ResultSet keys = database.getImportedKeys(connection.getCatalog(), connection.getSchema(), table)) {
            while (keys.next()) {
                requireNoAction(keys, table, model);
            }
        }
    }

    private static void requireNoAction(ResultSet key, String table, CollectionModel model) throws SQLException {
        requireNoAction(key, table, "on update", key.getShort("UPDATE_RULE"), "");
        requireNoAction(
                key,
                table,
                "on delete",
                key.getShort("DELETE_RULE"),
                " Where " + model.entity().getName()
                        + " has @BelongsTo(onDelete = DELETE), its rows are deleted before their parents.");
    }

    private static void requireNoAction(ResultSet key, String table, String event, short rule, String instead)
            throws SQLException {
        if (!isNoAction(rule)) {
            throw new Misconfiguration("The table " + table + " has the foreign key " + key.getString("FK_NAME")
                    + " with " + event + " " + rule(rule)
                    + ", by which the database changes rows without the log: drop that rule (" + event
                    + " no action)." + instead);
        }
    }

    private static boolean isNoAction(short rule) {
        return rule == DatabaseMetaData.importedKeyNoAction || rule == DatabaseMetaData.importedKeyRestrict;
    }

    private static String rule(short rule) {
        return switch (rule) {
            case DatabaseMetaData.importedKeyCascade -> "cascade";
            case DatabaseMetaData.importedKeySetNull -> "set null";
            case DatabaseMetaData.importedKeySetDefault -> "set default";
            default -> "rule " + rule;
        };
    }
}
