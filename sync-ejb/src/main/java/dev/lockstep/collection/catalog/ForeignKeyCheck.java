package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.TableNames;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks at the keys of collections' tables. A foreign key may not have the database itself change rows: the log would
 * never hear of it, and none is needed, for the engine deletes children before their parents. And there has to be a
 * primary key of one column: it is what refuses an id that is taken. Tables of the default schema; views have no keys.
 */
public final class ForeignKeyCheck {
    private final CollectionRegistry collections;

    public ForeignKeyCheck(CollectionRegistry collections) {
        this.collections = collections;
    }

    /** @throws Misconfiguration if one is wrong or missing, with the table, the constraint and the cure */
    public void check(Connection connection) throws SQLException {
        Map<String, CollectionModel> byTable = new HashMap<>();
        collections.all().forEach(model -> byTable.put(TableNames.folded(TableNames.table(model.entity())), model));
        DatabaseMetaData database = connection.getMetaData();
        // The names as the database has them: each folds what is not quoted to a case of its own.
        try (ResultSet tables = database.getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
            while (tables.next()) {
                String table = tables.getString("TABLE_NAME");
                CollectionModel model = byTable.get(TableNames.folded(table));
                if (model != null) {
                    requireNothingWritten(connection, table, model);
                    if (!tables.getString("TABLE_TYPE").contains("VIEW")) {
                        requireOneKey(connection, table);
                    }
                }
            }
        }
    }

    private static void requireOneKey(Connection connection, String table) throws SQLException {
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
                            + ", so that the database would take the same id twice: make the column of the id its primary key.");
        }
    }

    private static void requireNothingWritten(Connection connection, String table, CollectionModel model)
            throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        try (ResultSet keys = database.getImportedKeys(connection.getCatalog(), connection.getSchema(), table)) {
            while (keys.next()) {
                requireNothingWritten(keys, table, model);
            }
        }
    }

    private static void requireNothingWritten(ResultSet key, String table, CollectionModel model) throws SQLException {
        requireNothingWritten(key, table, "on update", key.getShort("UPDATE_RULE"), "");
        requireNothingWritten(
                key,
                table,
                "on delete",
                key.getShort("DELETE_RULE"),
                " Where " + model.entity().getName()
                        + " has @BelongsTo(onDelete = DELETE), its rows are deleted before their parents.");
    }

    private static void requireNothingWritten(ResultSet key, String table, String event, short rule, String instead)
            throws SQLException {
        if (!writesNothing(rule)) {
            throw new Misconfiguration("The table " + table + " has the foreign key " + key.getString("FK_NAME")
                    + " with " + event + " " + rule(rule)
                    + ", by which the database changes rows that the log never hears of: drop that rule (" + event
                    + " no action)." + instead);
        }
    }

    private static boolean writesNothing(short rule) {
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
