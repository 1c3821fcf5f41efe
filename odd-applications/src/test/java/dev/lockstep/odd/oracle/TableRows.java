package dev.lockstep.odd.oracle;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddField;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The rows of a table, read by SQL without Lockstep. */
final class TableRows {
    private TableRows() {}

    /**
     * The rows of a collection's table in a room, deleted ones included, by their ids. Each column is a text; items of a
     * table of their own are JSON under the name of that table.
     */
    static Map<String, JsonObject> of(OddServer server, OddCollection collection, String room) {
        Map<String, JsonObject> rows = new LinkedHashMap<>();
        String here = " from " + collection.table() + " where " + collection.roomColumn() + " = '" + room + "'";
        server.query("select *" + here).forEach(row -> rows.put(collection.id(row), row));
        for (OddField field : collection.fields()) {
            if (field.is(OddField.Option.ITEMS)) {
                addItems(server, rows, field.column(), "select " + collection.idColumn() + here);
            }
        }
        return rows;
    }

    private static void addItems(OddServer server, Map<String, JsonObject> rows, String table, String ids) {
        String owner = table.substring("odd_".length(), table.lastIndexOf('_'));
        Map<String, JsonArrayBuilder> items = new HashMap<>();
        rows.keySet().forEach(id -> items.put(id, Json.createArrayBuilder()));
        boolean isOrdered = table.endsWith("towns");
        server.query("select * from " + table + " where " + owner + " in (" + ids + ") order by "
                        + (isOrdered ? "place" : "item"))
                .forEach(item -> {
                    JsonArrayBuilder array = Objects.requireNonNull(items.get(item.getString(owner)));
                    if (item.isNull("item")) {
                        array.addNull();
                    } else if (table.endsWith("marks")) {
                        array.add(Integer.parseInt(item.getString("item")));
                    } else {
                        array.add(item.getString("item"));
                    }
                });
        rows.replaceAll((id, row) -> Json.createObjectBuilder(row)
                .add(table, Objects.requireNonNull(items.get(id)).build().toString())
                .build());
    }
}
