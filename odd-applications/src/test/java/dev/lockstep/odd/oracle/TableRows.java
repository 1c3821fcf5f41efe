package dev.lockstep.odd.oracle;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddField;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The rows of a table, read by SQL without Lockstep. */
final class TableRows {
    /** The column of an item without members. */
    private static final String ITEM = "item";

    private TableRows() {}

    /**
     * The rows of a collection's table in a room, deleted ones included, by their ids. Each column is a text; items of a
     * table of their own are JSON under the name of that table.
     */
    static Map<String, JsonObject> of(OddServer server, OddCollection collection, String room) {
        Map<String, JsonObject> rows = new LinkedHashMap<>();
        String here = " from " + collection.source() + " where " + collection.roomColumn() + " = '" + room + "'";
        server.query("select *" + here).forEach(row -> rows.put(collection.id(row), row));
        for (OddField field : collection.fields()) {
            if (field.is(OddField.Option.ITEMS)) {
                addItems(server, rows, field, "select " + collection.idColumn() + here);
            }
        }
        return rows;
    }

    private static void addItems(OddServer server, Map<String, JsonObject> rows, OddField field, String ids) {
        String table = field.column();
        String owner = table.substring("odd_".length(), table.lastIndexOf('_'));
        Map<String, JsonArrayBuilder> items = new HashMap<>();
        rows.keySet().forEach(id -> items.put(id, Json.createArrayBuilder()));
        server.query("select * from " + table + " where " + owner + " in (" + ids + ") order by " + order(field))
                .forEach(item ->
                        Objects.requireNonNull(items.get(item.getString(owner))).add(item(field, item)));
        rows.replaceAll((id, row) -> Json.createObjectBuilder(row)
                .add(table, Objects.requireNonNull(items.get(id)).build().toString())
                .build());
    }

    private static String order(OddField field) {
        if (field.is(OddField.Option.ORDERED)) {
            return "place";
        }
        return field.parts().isEmpty()
                ? ITEM
                : field.parts().stream().map(OddField::column).collect(Collectors.joining(", "));
    }

    private static JsonValue item(OddField field, JsonObject columns) {
        if (field.parts().isEmpty()) {
            return value(field, columns, ITEM);
        }
        JsonObjectBuilder item = Json.createObjectBuilder();
        field.parts().forEach(part -> item.add(part.name(), value(part, columns, part.column())));
        return item.build();
    }

    private static JsonValue value(OddField field, JsonObject columns, String column) {
        if (columns.isNull(column)) {
            return JsonValue.NULL;
        }
        String text = columns.getString(column);
        return field.is(OddField.Option.NUMBERS) ? Json.createValue(Long.parseLong(text)) : Json.createValue(text);
    }
}
