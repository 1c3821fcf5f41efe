package dev.lockstep.collection.write;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.catalog.ColumnLimits;
import dev.lockstep.collection.catalog.ConstraintCatalog;
import dev.lockstep.collection.catalog.TableConstraints;
import dev.lockstep.collection.catalog.TableConstraints.Check;
import dev.lockstep.collection.catalog.TableConstraints.ForeignKey;
import dev.lockstep.collection.catalog.TableConstraints.Named;
import dev.lockstep.collection.catalog.TableConstraints.UniqueKey;
import dev.lockstep.collection.catalog.TableName;
import dev.lockstep.collection.mapping.Role;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Diagnosis of a refused mutation: which of its changes the database refused, by which of their fields, and why. Messages
 * contain names of fields and constraints, and never another row's values. Confined to one transaction, in which it only
 * reads.
 */
public final class RefusedItems {
    /** Most rows of a mutation whose references are looked up, so that the time of a diagnosis is bounded. */
    private static final int LOOKUPS_MAX = 1_000;

    private final EntityManager entities;
    private final Connection connection;
    private final ConstraintCatalog catalog;
    private final List<WrittenItem> items;

    /** @param items the changes that affected a row */
    public RefusedItems(
            EntityManager entities, Connection connection, ConstraintCatalog catalog, List<WrittenItem> items) {
        this.entities = entities;
        this.connection = connection;
        this.catalog = catalog;
        this.items = items;
    }

    /** The constraint in the database's message, if it belongs to a table of the changes. */
    public Optional<Named> constraint(String message) throws SQLException {
        for (CollectionModel model : models()) {
            Optional<Named> named = table(model).flatMap(table -> table.named(message));
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    private List<CollectionModel> models() {
        return items.stream().map(WrittenItem::model).distinct().toList();
    }

    private Optional<TableConstraints> table(CollectionModel model) throws SQLException {
        return catalog.of(connection, model);
    }

    /** The items with a value that is already in use. */
    public List<Issue> taken(UniqueKey key) {
        Set<EntityId> touched = new HashSet<>();
        items.forEach(item -> item.before().map(RowImage::id).ifPresent(touched::add));
        Map<List<Object>, WrittenItem> seen = new HashMap<>();
        List<Issue> issues = new ArrayList<>();
        for (WrittenItem item : items) {
            RowImage row = item.after().orElse(null);
            if (row == null || !item.model().fields().containsAll(key.fields())) {
                continue;
            }
            List<Object> values = key.fields().stream()
                    .map(row::get)
                    .filter(Objects::nonNull)
                    .map(Object.class::cast)
                    .toList();
            WrittenItem other = seen.putIfAbsent(values, item);
            if (other != null && values.size() == key.fields().size() && !isSame(item, other)) {
                issues.add(taken(
                        item, key, "is the same as in item " + other.path().replace(".", ""), ""));
                continue;
            }
            List<UniqueKeyHolders.Holder> holders = new UniqueKeyHolders(entities)
                    .of(row, key).stream()
                            .filter(holder -> !touched.contains(holder.id())
                                    && !holder.id().equals(row.id()))
                            .toList();
            if (!holders.isEmpty()) {
                boolean deleted = holders.stream().allMatch(UniqueKeyHolders.Holder::deleted);
                issues.add(taken(item, key, "is already in use", deleted ? " by a deleted row" : ""));
            }
        }
        return issues;
    }

    private static boolean isSame(WrittenItem item, WrittenItem other) {
        return item.after().map(RowImage::id).equals(other.after().map(RowImage::id));
    }

    private static Issue taken(WrittenItem item, UniqueKey key, String message, String holder) {
        List<FieldModel> own = visible(key.fields()).stream()
                .filter(field -> field.role() == Role.DATA && !field.isRoom())
                .toList();
        if (own.isEmpty()) {
            return new Issue(item.path() + "id", message + holder + "; choose another");
        }
        FieldModel named = own.getLast();
        String others = own.size() == 1
                ? ""
                : own.stream()
                        .filter(field -> field != named)
                        .map(FieldModel::name)
                        .collect(Collectors.joining("', '", " together with '", "'"));
        return item.issue(named, message + others + holder + "; choose another");
    }

    /** The fields that clients may see; others are never named. */
    private static List<FieldModel> visible(List<FieldModel> fields) {
        return fields.stream().filter(FieldModel::isSent).toList();
    }

    /** The items that {@link #dangling(ForeignKey)} finds for the first key with any, where the database named no key. */
    public List<Issue> dangling() throws SQLException {
        Set<ForeignKey> keys = new LinkedHashSet<>();
        for (CollectionModel model : models()) {
            table(model).ifPresent(table -> {
                keys.addAll(table.references());
                keys.addAll(table.referenced());
            });
        }
        for (ForeignKey key : keys) {
            List<Issue> issues = dangling(key);
            if (!issues.isEmpty()) {
                return issues;
            }
        }
        return List.of();
    }

    /** The items that refer to a missing row, or that delete a row with references to it. */
    public List<Issue> dangling(ForeignKey key) throws SQLException {
        List<Issue> issues = new ArrayList<>();
        int lookups = 0;
        for (WrittenItem item : items) {
            TableConstraints table = table(item.model()).orElse(null);
            if (table == null || lookups++ >= LOOKUPS_MAX) {
                continue;
            }
            if (table.references().contains(key) && item.after().isPresent() && isMissing(item, table, key)) {
                List<FieldModel> fields = visible(fields(table, key.childColumns()));
                issues.add(
                        fields.isEmpty()
                                ? new Issue(item.path() + "id", "refers to a row that does not exist")
                                : item.issue(fields.getLast(), "refers to a row that does not exist"));
            }
        }
        return issues.isEmpty() ? referenced(key) : issues;
    }

    private List<Issue> referenced(ForeignKey key) throws SQLException {
        List<Issue> issues = new ArrayList<>();
        for (WrittenItem item : items) {
            TableConstraints table = table(item.model()).orElse(null);
            if (table == null || item.before().isEmpty() || issues.size() >= LOOKUPS_MAX) {
                continue;
            }
            boolean isReferenced = table.referenced().contains(key)
                    && isStored(key.child(), key.childColumns(), values(table, key.parentColumns(), item.before()));
            if (isReferenced && item.after().isEmpty()) {
                issues.add(new Issue(item.path() + "id", "cannot be deleted: other rows still refer to it"));
            } else if (isReferenced
                    && !values(table, key.parentColumns(), item.after())
                            .equals(values(table, key.parentColumns(), item.before()))) {
                issues.add(item.issue(
                        fields(table, key.parentColumns()).getLast(), "cannot change: other rows still refer to it"));
            }
        }
        return issues;
    }

    private boolean isMissing(WrittenItem item, TableConstraints table, ForeignKey key) throws SQLException {
        List<Object> wanted = values(table, key.childColumns(), item.after());
        if (wanted.size() != key.childColumns().size()) {
            return false; // NULL refers to nothing
        }
        for (WrittenItem other : items) {
            TableConstraints parent = table(other.model()).orElse(null);
            if (parent != null
                    && parent.table().equals(key.parent())
                    && other.after().isPresent()
                    && values(parent, key.parentColumns(), other.after()).equals(wanted)) {
                return false;
            }
        }
        return !isStored(key.parent(), key.parentColumns(), wanted) || isRemoved(key, wanted);
    }

    /** Whether the mutation itself deletes or changes the referenced row. */
    private boolean isRemoved(ForeignKey key, List<Object> wanted) throws SQLException {
        for (WrittenItem other : items) {
            TableConstraints parent = table(other.model()).orElse(null);
            if (parent != null
                    && parent.table().equals(key.parent())
                    && values(parent, key.parentColumns(), other.before()).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static List<FieldModel> fields(TableConstraints table, List<String> columns) {
        return columns.stream().flatMap(column -> table.field(column).stream()).toList();
    }

    private static List<Object> values(TableConstraints table, List<String> columns, Optional<RowImage> row) {
        List<Object> values = new ArrayList<>();
        for (FieldModel field : fields(table, columns)) {
            Object value = row.map(image -> image.get(field)).orElse(null);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Whether a table has a row with these values. */
    private boolean isStored(TableName table, List<String> columns, List<Object> values) throws SQLException {
        if (values.size() != columns.size()) {
            return false;
        }
        String sql = "select 1 from " + table.sql() + " where "
                + columns.stream()
                        .map(column -> TableName.quoted(column) + " = ?")
                        .collect(Collectors.joining(" and "))
                + " fetch first 1 rows only";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The items with a value that exceeds the limits of its column. */
    public List<Issue> tooLarge() throws SQLException {
        List<Issue> issues = new ArrayList<>();
        for (WrittenItem item : items) {
            TableConstraints table = table(item.model()).orElse(null);
            RowImage row = item.after().orElse(null);
            if (table != null && row != null) {
                table.columns().forEach((field, column) -> {
                    if (field.isSent()) {
                        ColumnLimits.of(column)
                                .refusal(row.get(field))
                                .ifPresent(message -> issues.add(item.issue(field, message)));
                    }
                });
            }
        }
        return issues;
    }

    /** The items without a value where the column requires one. */
    public List<Issue> missing(String message) throws SQLException {
        List<Issue> issues = new ArrayList<>();
        for (WrittenItem item : items) {
            TableConstraints table = table(item.model()).orElse(null);
            RowImage row = item.after().orElse(null);
            FieldModel field = table == null ? null : table.fieldNamed(message).orElse(null);
            if (row != null && field != null && field.isSent() && row.get(field) == null) {
                issues.add(item.issue(field, "must have a value"));
            }
        }
        return issues;
    }

    /** The issue of an item that violates a check constraint. */
    public static Issue broken(WrittenItem item, Check check) {
        String rule = "violates the rule '" + check.name() + "'; change it";
        List<FieldModel> visible = visible(check.fields());
        @Nullable
        FieldModel field = visible.stream()
                .filter(one -> one.role() == Role.DATA)
                .findFirst()
                .orElse(null);
        return field == null ? new Issue(item.path() + "id", rule) : item.issue(field, rule);
    }
}
