package dev.lockstep.collection.catalog;

import dev.lockstep.api.Operation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.mapping.MappedColumns;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * The columns of a collection's table that refuse NULL, get no value by themselves, and to which the entity gives none: each
 * insert fails on them.
 */
final class UnmappedColumns {
    private final CollectionModel model;
    private final StoredTable table;

    UnmappedColumns(CollectionModel model, StoredTable table) {
        this.model = model;
        this.table = table;
    }

    /**
     * One sentence for each column. None where clients insert no rows, and where a trigger may set the value.
     *
     * @param entities the entities of all collections
     */
    List<String> unfillable(DatabaseCatalog catalog, Collection<Class<?>> entities) throws SQLException {
        if (!model.operations().contains(Operation.INSERT)) {
            return List.of();
        }
        List<String> required = catalog.required(table);
        if (required.isEmpty() || !catalog.triggers(table).isEmpty()) {
            return List.of();
        }
        MappedColumns mapped = MappedColumns.of(model.entity(), model.subtypes().types(), entities);
        return required.stream()
                .filter(column -> !mapped.mayHave(column))
                .map(column -> "table " + table.label() + " has the column '" + column + "', which is NOT NULL and has"
                        + " neither a default nor a field in "
                        + model.entity().getSimpleName() + " that is inserted, so that each insert fails: map it, or"
                        + " give it a default in a migration (db/" + model.application() + "/V*.sql)")
                .toList();
    }
}
