package dev.lockstep.odd.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.random.Catalog;
import dev.lockstep.odd.random.KeyText;
import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddCollection.Trait;
import dev.lockstep.odd.random.OddField;
import dev.lockstep.odd.random.OddField.Option;
import dev.lockstep.odd.table.Shape;
import dev.lockstep.odd.table.Shape.Value;
import dev.lockstep.odd.table.Shape.WhenNull;
import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a shape in a room of their own, and their expected forms. Other rows that the shape refers to exist. For
 * one thread at a time.
 */
final class ShapeRows {
    private static final AtomicInteger ROOMS = new AtomicInteger();

    private static final Map<URI, Api> APIS = new ConcurrentHashMap<>();

    /** The number of the first row; numbers are used as days of a month, too. */
    private static final int FIRST = 10;

    private final OddServer server;
    private final Shape shape;
    private final String room = "shape-" + ROOMS.incrementAndGet();
    private final Api api;
    private final Map<String, String> references = new LinkedHashMap<>();
    private int number = FIRST;

    ShapeRows(OddServer server, Shape shape) {
        this.server = server;
        this.shape = shape;
        Api anybody = APIS.computeIfAbsent(server.application(collection().application()), Api::new);
        this.api = shape.isInStrata() ? anybody.with("Authorization", "Bearer " + token()) : anybody;
        known(false).ifPresent(field -> insert(field, room));
        shape.refersTo().ifPresent(other -> {
            for (String name : List.of("a", "b")) {
                references.put("{" + name + "}", name + "-" + room);
                String id = api.post(
                                "/api/" + room + "/" + other,
                                "{\"id\":\"" + name + "-" + room + "\"" + unique(other, name) + "}")
                        .row()
                        .getString("id");
                references.put("{" + name + "}", id);
            }
        });
    }

    /** The member whose value no other row of its room has; empty if the collection has none. */
    private String unique(String collection, String value) {
        return Catalog.collection(collection().application(), collection)
                .rules()
                .uniqueInRoom()
                .map(field -> ",\"" + field + "\":\"" + value + "\"")
                .orElse("");
    }

    Shape shape() {
        return shape;
    }

    OddCollection collection() {
        return shape.collection();
    }

    String room() {
        return room;
    }

    /** The caller's, who is a member of the room. */
    String token() {
        return "alice~" + room;
    }

    Api api() {
        return api;
    }

    /** The last position of the log. */
    long head() {
        return Long.parseLong(
                server.query("select seq from lockstep_head").getFirst().getString("seq"));
    }

    /** The last position of the room's part of the log. */
    long headOfRoom() {
        return Long.parseLong(server.query("select max(seq) as seq from lockstep_action where application = '"
                        + collection().application() + "' and room = '" + room + "'")
                .getFirst()
                .getString("seq"));
    }

    /** The number of the next new row. If its id is another row's, that one exists. */
    int next() {
        int row = number++;
        known(true).ifPresent(field -> insert(field, chosenId(row)));
        return row;
    }

    /** The field with the known id of another row: of its own id, or of its room. */
    private Optional<OddField> known(boolean isId) {
        return collection().fields().stream()
                .filter(field -> !field.isSent() && field.refersTo() != null && field.is(Option.IS_ID) == isId)
                .findFirst();
    }

    private void insert(OddField refers, String id) {
        Answer inserted = api.post("/api/" + room + "/" + refers.refersTo(), "{\"id\":\"" + id + "\"}");
        assertThat(inserted.status()).as(inserted.body()).isEqualTo(200);
    }

    /** The id that a client chooses for a new row; empty if the server makes it. */
    String chosenId(int row) {
        if (collection().is(Trait.KEY_OF_COLUMNS)) {
            JsonObject sent = Rows.parse("{" + others(row) + "\"room\":\"" + room + "\"}");
            return KeyText.of(collection(), sent);
        }
        return collection().is(Trait.CLIENT_IDS) ? ChosenIds.of(collection(), room, row) : "";
    }

    /** The members of a new row beside its id and its field, each with a trailing comma. */
    String others(int row) {
        return with(shape.others()).replace("{n}", Integer.toString(row));
    }

    /** A text of the table with the ids of the rows that it refers to. */
    String with(String text) {
        String all = text;
        for (Map.Entry<String, String> each : references.entrySet()) {
            all = all.replace(each.getKey(), each.getValue());
        }
        return all;
    }

    /** The field with a value, as a member of an object. */
    String member(Value value) {
        return "\"" + shape.field() + "\":" + with(value.sent());
    }

    /** The members that an update may name, as a row has them, and the field with a value. */
    String allMembers(JsonObject row, Value value) {
        StringBuilder members = new StringBuilder();
        for (OddField field : collection().fields()) {
            boolean isFixed = field.is(Option.ON_INSERT) || field.is(Option.PART);
            if (field.isSent()
                    && !isFixed
                    && row.containsKey(field.name())
                    && !field.name().equals(shape.field())) {
                members.append('"')
                        .append(field.name())
                        .append("\":")
                        .append(row.get(field.name()))
                        .append(',');
            }
        }
        return members + member(value);
    }

    /** The value of the field after {@code null}. */
    Value nothing() {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        boolean isArray = shape.whenNull() == WhenNull.EMPTY_ARRAY;
        shape.first().stored().keySet().stream()
                .filter(column -> ownColumns().contains(column))
                .forEach(column -> columns.put(column, isArray ? "[]" : null));
        return new Value("null", isArray ? "[]" : "null", columns);
    }

    private List<String> ownColumns() {
        return List.copyOf(
                collection().field(shape.field()).orElseThrow().columns().values());
    }

    /** Requires that clients received this value, and that log, list and table have the row. */
    void requireIs(JsonObject row, Value value) {
        String id = row.getString("id");
        requireReceived(row, value);
        assertThat(logged(id)).hasToString(row.toString());
        assertThat(list()).containsEntry(id, row);
        requireStored(id, value);
    }

    /** Requires the form that clients receive. */
    void requireReceived(JsonObject row, Value value) {
        assertThat(row.getOrDefault(shape.field(), JsonValue.FALSE)).hasToString(with(value.received()));
    }

    /** Requires the columns of a row, by SQL. */
    void requireStored(String id, Value value) {
        Map<String, JsonObject> table = table();
        assertThat(table).containsKey(id);
        JsonObject columns = table.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT);
        value.stored().forEach((column, expected) -> {
            String stored = columns.isNull(column) ? null : columns.getString(column);
            assertThat(normal(stored)).as(column).isEqualTo(normal(expected == null ? null : with(expected)));
        });
    }

    /** Requires that the table has no live row but these. */
    void requireLive(String... ids) {
        assertThat(list().keySet()).containsExactlyInAnyOrder(ids);
        assertThat(table().keySet()).containsExactlyInAnyOrder(ids);
    }

    private Map<String, JsonObject> table() {
        return own(TableRows.of(server, collection(), room));
    }

    /** Rows without those that the shape refers to. */
    Map<String, JsonObject> own(Map<String, JsonObject> all) {
        Map<String, JsonObject> own = new LinkedHashMap<>(all);
        if (shape.refersTo().filter(collection().name()::equals).isPresent()) {
            own.keySet().removeAll(references.values());
        }
        return own;
    }

    /** JSON without blanks, and other texts as they are. */
    private static @Nullable String normal(@Nullable String text) {
        return text != null && (text.startsWith("{") || text.startsWith("["))
                ? Rows.parse("{\"v\":" + text + "}").toString()
                : text;
    }

    private JsonObject logged(String id) {
        String row = server.query("select row_after from lockstep_action where application = '"
                        + collection().application() + "' and room = '" + room + "' and entity_id = '" + id
                        + "' order by seq desc fetch first 1 rows only")
                .getFirst()
                .getString("row_after");
        return Rows.parse(row);
    }

    /** The rows that a list has. */
    Map<String, JsonObject> list() {
        Map<String, JsonObject> rows = new LinkedHashMap<>();
        api.get(path())
                .json()
                .getJsonArray(collection().name())
                .getValuesAs(JsonObject.class)
                .forEach(row -> rows.put(row.getString("id"), row));
        return own(rows);
    }

    /** The path of the collection in the native dialect. */
    String path() {
        return "/api/" + room + "/" + collection().name();
    }

    /** Requires that a row has only the field and what the server gives changed. */
    void requireOnlyFieldChanged(JsonObject before, JsonObject after) {
        for (OddField field : collection().fields()) {
            if (field.isSent() && !field.name().equals(shape.field())) {
                assertThat(String.valueOf(after.get(field.name())))
                        .as(field.name())
                        .isEqualTo(String.valueOf(before.get(field.name())));
            }
        }
    }
}
