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
        DatabaseCatalog catalog = new DatabaseCatalog(connection);
        List<Class<?>> entities = collections.all().stream()
                .<Class<?>>map(CollectionModel::entity)
                .toList();
        for (CollectionModel model : collections.all()) {
            read(catalog, model, entities);
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

    private static void read(DatabaseCatalog catalog, CollectionModel model, List<Class<?>> entities)
            throws SQLException {
        Optional<StoredTable> table = catalog.table(model.entity());
        if (table.isEmpty()) {
            model.storage().addFindings(List.of("the catalog has no table of this name"), Map.of(), Map.of());
            return;
        }
        Map<String, StoredColumn> columns = new HashMap<>();
        catalog.columns(table.get())
                .forEach(column -> columns.put(TableNames.folded(column.column().name()), column));
        List<String> differences = new ArrayList<>();
        Map<String, Integer> limits = new HashMap<>();
        Map<FieldModel, FloatingPoint> floatingPoints = new HashMap<>();
        if (table.get().isView()) {
            differences.add("the rows are stored through a view");
        }
        Map<String, StoredColumn> ofSubclasses = new HashMap<>();
        for (StoredTable other : tablesOfSubclasses(catalog, model)) {
            catalog.columns(other)
                    .forEach(column ->
                            ofSubclasses.put(TableNames.folded(column.column().name()), column));
            differences.add("rows of subclasses are stored in the table '" + other.label() + "', too");
        }
        for (FieldModel field : model.fields()) {
            if (field.isSubtype() || field.isElementCollection() || field.key().isPresent()) {
                continue;
            }
            String name = TableNames.folded(field.column());
            Optional<StoredColumn> column = Optional.ofNullable(
                    field.isOf(model.entity()) || !ofSubclasses.containsKey(name)
                            ? columns.get(name)
                            : ofSubclasses.get(name));
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
        catalog.triggers(table.get())
                .forEach(trigger -> differences.add("the table has the trigger or rule '" + trigger + "'"));
        model.storage().addFindings(differences, limits, floatingPoints);
        if (!table.get().isView()) {
            warn(model, new ListIndexes(model, table.get()).missing(catalog));
            warn(model, new UnmappedColumns(model, table.get()).unfillable(catalog, entities));
        }
    }

    private static void warn(CollectionModel model, List<String> sentences) {
        for (String sentence : sentences) {
            LOG.log(Level.WARNING, "application={0} collection={1} {2}", model.application(), model.name(), sentence);
        }
    }

    private static void require(CollectionModel model, FieldModel field, StoredColumn column) {
        if (column.isArrayOnH2() && StoredColumn.isNamed(field)) {
            throw new Misconfiguration(model.entity().getName() + " has the field '" + field.property()
                    + "', an array of enums by name, which the JPA provider cannot write to H2: store it as JSON with"
                    + " @JdbcTypeCode(SqlTypes.JSON), in a table of its own with @ElementCollection, or by"
                    + " EnumType.ORDINAL.");
        }
        if (field.isPlain()) {
            LargeObjects.requireAgreement(model, field, column);
        }
        if (field.isPlain() && column.cannotHold(field) && !LargeObjects.areIn(column, field)) {
            throw MappingCheck.cannotHold(model, field, Optional.of(column.typeName()));
        }
        if (model.lists().filterable().contains(field.name()) && column.comparesOtherwise(field)) {
            throw new Misconfiguration(model.entity().getName() + " has @Filterable on '" + field.name()
                    + "', but its column '" + column.column().name() + "' of type " + column.typeName()
                    + " compares other values than clients see: use varchar for a text and double precision for a"
                    + " double.");
        }
        if (column.pads() && isSearchKey(model, field)) {
            throw new Misconfiguration(model.entity().getName() + " has the field '" + field.property()
                    + "', by which rows are found, but its column '"
                    + column.column().name() + "' is of type "
                    + column.typeName() + ", which pads texts with blanks: change it to varchar in a migration.");
        }
    }

    private static boolean isSearchKey(CollectionModel model, FieldModel field) {
        return field.isRoom()
                || field.isScope()
                || field.role() == Role.OWNER
                || model.lists().filterable().contains(field.name())
                || (model.idFields().contains(field) && model.clientIds());
    }

    private static List<StoredTable> tablesOfSubclasses(DatabaseCatalog catalog, CollectionModel model)
            throws SQLException {
        List<StoredTable> others = new ArrayList<>();
        for (Class<?> type : model.subtypes().types()) {
            if (type != model.entity()) {
                catalog.table(type).ifPresent(others::add);
            }
        }
        return others;
    }
}
