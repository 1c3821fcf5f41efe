package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.catalog.TableConstraints.ForeignKey;
import dev.lockstep.collection.registry.CollectionRegistry;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Check of the keys of collections' tables. A foreign key must not let the database itself change rows, because the log
 * would miss the change; it need not, because the engine deletes children before their parents. The columns of the id
 * must be the primary key: it refuses an id that is in use. Views have no keys.
 */
public final class ForeignKeyCheck {
    private final CollectionRegistry collections;

    public ForeignKeyCheck(CollectionRegistry collections) {
        this.collections = collections;
    }

    /** @throws Misconfiguration if a key is wrong or missing, with the table, the constraint and the fix */
    public void check(Connection connection) throws SQLException {
        DatabaseCatalog catalog = new DatabaseCatalog(connection);
        for (CollectionModel model : collections.all()) {
            Optional<StoredTable> table = catalog.table(model.entity());
            if (table.isPresent()) {
                for (ForeignKey key : catalog.references(table.get())) {
                    requireNoAction(key, table.get(), model);
                }
                if (!table.get().isView()) {
                    requireKey(catalog, table.get(), model);
                }
            }
        }
    }

    private static void requireKey(DatabaseCatalog catalog, StoredTable table, CollectionModel model)
            throws SQLException {
        int columns = catalog.primaryKeyColumns(table);
        int parts = model.idFields().size();
        if (columns != parts) {
            throw new Misconfiguration("The table " + table.label() + " has "
                    + (columns == 0 ? "no primary key" : "a primary key of " + columns + " columns")
                    + ", so that the database would accept the same id twice: make "
                    + (parts == 1
                            ? "the column of the id its primary key."
                            : "the columns of " + model.idFields() + " its primary key."));
        }
    }

    private static void requireNoAction(ForeignKey key, StoredTable table, CollectionModel model) {
        requireNoAction(key, table, "on update", key.rules().onUpdate(), "");
        requireNoAction(
                key,
                table,
                "on delete",
                key.rules().onDelete(),
                " Where " + model.entity().getName()
                        + " has @BelongsTo(onDelete = DELETE), its rows are deleted before their parents.");
    }

    private static void requireNoAction(ForeignKey key, StoredTable table, String event, short rule, String instead) {
        if (!isNoAction(rule)) {
            throw new Misconfiguration("The table " + table.label() + " has the foreign key " + key.name()
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
