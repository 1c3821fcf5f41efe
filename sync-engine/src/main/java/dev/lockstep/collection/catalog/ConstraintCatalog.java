package dev.lockstep.collection.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.catalog.TableConstraints.Check;
import dev.lockstep.collection.catalog.TableConstraints.TableColumn;
import dev.lockstep.collection.catalog.TableConstraints.UniqueKey;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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

    private final Cache<CollectionModel, Optional<TableConstraints>> cache = Caffeine.newBuilder()
            .expireAfterWrite(CACHED_FOR)
            .executor(Runnable::run)
            .build();

    /** The constraints on a collection's table; empty if the catalog has no such table. */
    public Optional<TableConstraints> of(Connection connection, CollectionModel model) throws SQLException {
        Optional<TableConstraints> constraints = cache.getIfPresent(model);
        if (constraints == null) {
            constraints = read(new DatabaseCatalog(connection), model);
            cache.put(model, constraints);
        }
        return constraints;
    }

    private static Optional<TableConstraints> read(DatabaseCatalog catalog, CollectionModel model) throws SQLException {
        Optional<StoredTable> table = catalog.table(model.entity());
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Map<FieldModel, TableColumn> columns = columns(catalog, table.get(), model);
        return Optional.of(new TableConstraints(
                table.get().name(),
                columns,
                unique(catalog, table.get(), columns),
                catalog.references(table.get()),
                catalog.referenced(table.get()),
                checks(catalog, table.get(), columns)));
    }

    private static Map<FieldModel, TableColumn> columns(
            DatabaseCatalog catalog, StoredTable table, CollectionModel model) throws SQLException {
        Map<String, FieldModel> fields = new HashMap<>();
        model.fields().stream()
                .filter(field -> field.key().isEmpty())
                .forEach(field -> fields.put(TableNames.folded(field.column()), field));
        Map<FieldModel, TableColumn> columns = new LinkedHashMap<>();
        for (StoredColumn stored : catalog.columns(table)) {
            FieldModel field = fields.get(TableNames.folded(stored.column().name()));
            if (field != null) {
                columns.put(field, stored.column());
            }
        }
        return columns;
    }

    private static List<UniqueKey> unique(
            DatabaseCatalog catalog, StoredTable table, Map<FieldModel, TableColumn> columns) throws SQLException {
        Map<String, String> computed = catalog.computed(table);
        return catalog.indexes(table, true).stream()
                .map(index -> unique(index, computed, columns))
                .toList();
    }

    /** A part is a column, or an expression over columns. A deletion or archiving time in it is a condition, not a value. */
    private static UniqueKey unique(
            DatabaseCatalog.Index index, Map<String, String> computed, Map<FieldModel, TableColumn> columns) {
        Set<FieldModel> fields = new HashSet<>();
        Set<FieldModel> conditions = new HashSet<>(fieldsIn(index.filter(), columns, false));
        boolean exact = true;
        for (String part : index.parts()) {
            Set<FieldModel> plain = fieldsIn(part, columns, true);
            exact &= !plain.isEmpty();
            String expression = computed.getOrDefault(TableNames.folded(part), part);
            fields.addAll(plain.isEmpty() ? fieldsIn(expression, columns, false) : plain);
        }
        if (!exact) {
            fields.stream().filter(ConstraintCatalog::isStateMark).forEach(conditions::add);
            fields.removeIf(ConstraintCatalog::isStateMark);
        }
        return new UniqueKey(index.name(), inOrder(fields, columns), inOrder(conditions, columns), exact);
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

    private static List<Check> checks(DatabaseCatalog catalog, StoredTable table, Map<FieldModel, TableColumn> columns)
            throws SQLException {
        List<Check> checks = new ArrayList<>();
        catalog.checks(table)
                .forEach((name, of) -> checks.add(new Check(
                        name,
                        of.stream()
                                .flatMap(column -> fieldsIn(column, columns, true).stream())
                                .toList())));
        return checks;
    }
}
