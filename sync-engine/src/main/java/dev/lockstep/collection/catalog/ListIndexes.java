package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.TableNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The indexes that the lists of a collection need, compared with those of its table. Without one a list reads all rows of
 * its room. An index serves a field if it begins with the room's column and the field's.
 */
final class ListIndexes {
    private final CollectionModel model;
    private final String table;

    /** @param table the database's own name of the collection's table */
    ListIndexes(CollectionModel model, String table) {
        this.model = model;
        this.table = table;
    }

    /** One sentence for each field without an index, with the statement that creates it. */
    List<String> missing(Connection connection, String schema) throws SQLException {
        if (model.lists().filterable().isEmpty() && model.lists().sortable().isEmpty()) {
            return List.of();
        }
        List<List<String>> indexes = indexes(connection, schema);
        List<String> missing = new ArrayList<>();
        for (FieldModel field : model.fields()) {
            boolean isSorted = model.lists().sortable().contains(field.name());
            boolean isUsed = isSorted || model.lists().filterable().contains(field.name());
            if (isUsed && indexes.stream().noneMatch(index -> serves(index, field))) {
                missing.add(
                        "field '" + field.name() + "' is " + (isSorted ? "@Sortable" : "@Filterable") + ", but table "
                                + table + " has no index for it, so that its lists read all rows of the room: "
                                + statement(field, isSorted));
            }
        }
        return missing;
    }

    private boolean serves(List<String> index, FieldModel field) {
        List<String> needed = columns(beginning(field));
        return index.size() >= needed.size() && index.subList(0, needed.size()).equals(needed);
    }

    private Set<FieldModel> beginning(FieldModel field) {
        Set<FieldModel> fields = new LinkedHashSet<>();
        if (!model.hasOwnRooms() && field.role() != Role.ID) {
            model.roomField().ifPresent(fields::add);
        }
        fields.add(field);
        return fields;
    }

    private String statement(FieldModel field, boolean isSorted) {
        Set<FieldModel> fields = beginning(field);
        fields.add(isSorted ? model.idField() : model.orderBy());
        String name = TableNames.folded(table + "_" + field.column());
        return "create index " + name + " on " + table + " (" + String.join(", ", columns(fields)) + ")";
    }

    private static List<String> columns(Set<FieldModel> fields) {
        return fields.stream().map(field -> TableNames.folded(field.column())).toList();
    }

    /** The columns of the table's indexes, in their order. Of partial indexes, only those of live rows count. */
    private List<List<String>> indexes(Connection connection, String schema) throws SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        try (ResultSet index =
                connection.getMetaData().getIndexInfo(connection.getCatalog(), schema, table, false, true)) {
            while (index.next()) {
                String name = index.getString("INDEX_NAME");
                String column = index.getString("COLUMN_NAME");
                if (name != null && column != null && isOfLiveRows(index.getString("FILTER_CONDITION"))) {
                    columns.computeIfAbsent(name, first -> new ArrayList<>()).add(TableNames.folded(column));
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private boolean isOfLiveRows(@Nullable String condition) {
        Optional<String> mark = model.withRole(Role.DELETED_AT).map(field -> TableNames.folded(field.column()));
        return condition == null
                || condition.isEmpty()
                || mark.filter(column -> words(condition).equals(words(column + " is null")))
                        .isPresent();
    }

    private static Set<String> words(String text) {
        return new LinkedHashSet<>(
                List.of(TableNames.folded(text).replaceAll("[()]", " ").trim().split("\\s+")));
    }
}
