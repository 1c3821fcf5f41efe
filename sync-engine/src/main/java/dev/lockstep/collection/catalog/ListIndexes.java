package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.TableNames;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The indexes that the lists of a collection need, compared with those of its table. Without one a list reads all rows of
 * its room. An index serves a field if it begins with the room's column and the field's.
 */
final class ListIndexes {
    private final CollectionModel model;
    private final StoredTable table;

    ListIndexes(CollectionModel model, StoredTable table) {
        this.model = model;
        this.table = table;
    }

    /** One sentence for each field without an index, with the statement that creates it. */
    List<String> missing(DatabaseCatalog catalog) throws SQLException {
        if (model.lists().filterable().isEmpty() && model.lists().sortable().isEmpty()) {
            return List.of();
        }
        List<List<String>> indexes = indexes(catalog);
        List<String> missing = new ArrayList<>();
        for (FieldModel field : model.fields()) {
            boolean isSorted = model.lists().sortable().contains(field.name());
            boolean isUsed = isSorted || model.lists().filterable().contains(field.name());
            if (isUsed && indexes.stream().noneMatch(index -> serves(index, field))) {
                missing.add(
                        "field '" + field.name() + "' is " + (isSorted ? "@Sortable" : "@Filterable") + ", but table "
                                + table.label() + " has no index for it, so that its lists read all rows of the room: "
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
        fields.addAll(field.key().isPresent() ? model.idFields() : List.of(field));
        return fields;
    }

    private String statement(FieldModel field, boolean isSorted) {
        Set<FieldModel> fields = beginning(field);
        fields.addAll(isSorted || model.orderBy().role() == Role.ID ? model.idFields() : List.of(model.orderBy()));
        String name = TableNames.folded(table.name().table() + "_" + field.column());
        return "create index " + name + " on " + table.label() + " (" + String.join(", ", columns(fields)) + ")";
    }

    private static List<String> columns(Set<FieldModel> fields) {
        return fields.stream().map(field -> TableNames.folded(field.column())).toList();
    }

    /** The columns of the table's indexes, in their order. Of partial indexes, only those of live rows count. */
    private List<List<String>> indexes(DatabaseCatalog catalog) throws SQLException {
        return catalog.indexes(table, false).stream()
                .filter(index -> isOfLiveRows(index.filter()))
                .map(index -> index.parts().stream().map(TableNames::folded).toList())
                .toList();
    }

    private boolean isOfLiveRows(String condition) {
        Optional<String> mark = model.withRole(Role.DELETED_AT).map(field -> TableNames.folded(field.column()));
        return condition.isEmpty()
                || mark.filter(column -> words(condition).equals(words(column + " is null")))
                        .isPresent();
    }

    private static Set<String> words(String text) {
        return new LinkedHashSet<>(
                List.of(TableNames.folded(text).replaceAll("[()]", " ").trim().split("\\s+")));
    }
}
