package dev.lockstep.odd.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.random.OddCollection.Trait;
import dev.lockstep.odd.table.Shape;
import dev.lockstep.odd.table.Shape.Value;
import dev.lockstep.odd.table.Shape.WhenNull;
import dev.lockstep.system.client.Answer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the values of a shape in the native dialect, and compares answer, log, list, catch-up and table. */
public final class ShapeInNative {
    private final OddServer server;
    private final ShapeRows rows;
    private final Shape shape;

    public ShapeInNative(OddServer server, Shape shape) {
        this.server = server;
        this.shape = shape;
        this.rows = new ShapeRows(server, shape);
    }

    /** An insert, an update of all fields, and one of the field only. */
    public void insertAndUpdate() {
        JsonObject inserted = insert(shape.first());
        rows.requireIs(inserted, shape.first());
        JsonObject updated = update(inserted, rows.allMembers(inserted, shape.second()));
        rows.requireIs(updated, shape.second());
        rows.requireOnlyFieldChanged(inserted, updated);
        JsonObject updatedAgain = update(inserted, rows.member(shape.first()));
        rows.requireIs(updatedAgain, shape.first());
        rows.requireOnlyFieldChanged(updated, updatedAgain);
    }

    /** A {@code null} in an update and in a new row. */
    public void nothing() {
        JsonObject row = insert(shape.first());
        String member = rows.member(rows.nothing());
        Answer updated = rows.api().put(path(row), "{" + member + "}");
        if (shape.whenNull() == WhenNull.REFUSED) {
            requireRefused(updated);
            rows.requireIs(row, shape.first());
            requireRefused(rows.api().post(rows.path(), "{" + newRow(rows.next()) + member + "}"));
            rows.requireLive(row.getString("id"));
        } else {
            rows.requireIs(accepted(updated).row(), rows.nothing());
            int number = rows.next();
            Answer inserted = rows.api().post(rows.path(), "{" + newRow(number) + member + "}");
            rows.requireIs(accepted(inserted).row(), rows.nothing());
        }
    }

    /** Updates of one member each, whatever its depth. */
    public void members() {
        JsonObject row = insert(shape.first());
        Map<String, String> columns =
                rows.collection().field(shape.field()).orElseThrow().columns();
        columns.forEach((pointer, column) -> {
            Value value = shape.first().with(pointer, column, shape.second());
            JsonObject updated = update(row, rows.member(value));
            rows.requireIs(updated, value);
            rows.requireOnlyFieldChanged(row, updated);
            rows.requireIs(update(row, rows.member(shape.first())), shape.first());
        });
    }

    private void requireRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().getJsonObject("error").getJsonArray("issues").toString())
                .contains("[\"" + shape.field() + "\"]");
    }

    /** Inserts, updates and deletes of two rows in one request each. */
    public void bulk() {
        String both = newRow(rows.next()) + rows.member(shape.first()) + "},{" + newRow(rows.next())
                + rows.member(shape.second());
        List<JsonObject> inserted = bulk("POST", "{\"items\":[{" + both + "}]}");
        rows.requireIs(inserted.getFirst(), shape.first());
        rows.requireIs(inserted.getLast(), shape.second());
        String first = id(inserted.getFirst());
        String second = id(inserted.getLast());
        List<JsonObject> updated = bulk(
                "PUT",
                "{\"items\":[{\"id\":\"" + first + "\",\"data\":{" + rows.member(shape.second()) + "}},{\"id\":\""
                        + second + "\",\"data\":{" + rows.member(shape.first()) + "}}]}");
        rows.requireIs(updated.getFirst(), shape.second());
        rows.requireIs(updated.getLast(), shape.first());
        accepted(rows.api().delete(rows.path() + "/bulk", "{\"ids\":[\"" + first + "\",\"" + second + "\"]}"));
        rows.requireLive();
    }

    private List<JsonObject> bulk(String method, String body) {
        return accepted(rows.api().send(method, rows.path() + "/bulk", body))
                .rows()
                .getValuesAs(JsonObject.class);
    }

    /** A client that saw one row comes back after its delete, and after an insert and an update of another. */
    public void deleteAndCatchUp() {
        JsonObject seen = insert(shape.first());
        long cursor = rows.head();
        Rows before = new Rows();
        before.replace(rows.collection().name(), List.of(seen));
        accepted(rows.api().delete(path(seen)));
        JsonObject other = insert(shape.first());
        JsonObject now = update(other, rows.member(shape.second()));
        rows.requireLive(id(now));

        try (Subscriber late = new Subscriber(
                server.application(rows.collection().application()),
                rows.room(),
                cursor,
                before,
                shape.isInStrata() ? new String[] {"Authorization", "Bearer " + rows.token()} : new String[0])) {
            assertThat(late.upTo(rows.headOfRoom()).of(rows.collection().name()))
                    .isEqualTo(Map.of(id(now), now));
        }
        Answer changes = rows.api().get(rows.path() + "?cursor=" + cursor);
        assertThat(changes.json().getJsonArray(rows.collection().name())).containsExactly(now);
        assertThat(changes.json().getJsonArray("$deleted").getValuesAs(JsonString.class))
                .extracting(JsonString::getString)
                .containsExactly(id(seen));
    }

    /** Inserts a row with each value; they are compared by {@link #stillThere}. */
    public ShapeInNative filled() {
        insert(shape.first());
        insert(shape.second());
        return this;
    }

    /** Requires that lists and table still have the rows of {@link #filled}. */
    public void stillThere() {
        Map<String, JsonObject> list = new LinkedHashMap<>(rows.list());
        assertThat(list).hasSize(2);
        list.values().forEach(row -> rows.requireIs(row, isFirst(row) ? shape.first() : shape.second()));
    }

    private boolean isFirst(JsonObject row) {
        return String.valueOf(row.get(shape.field()))
                .equals(rows.with(shape.first().received()));
    }

    private JsonObject insert(Value value) {
        return accepted(rows.api().post(rows.path(), "{" + newRow(rows.next()) + rows.member(value) + "}"))
                .row();
    }

    private String newRow(int number) {
        String id = rows.collection().is(Trait.CLIENT_IDS) ? "\"id\":\"" + rows.chosenId(number) + "\"," : "";
        return id + rows.others(number);
    }

    private JsonObject update(JsonObject row, String members) {
        return accepted(rows.api().put(path(row), "{" + members + "}")).row();
    }

    private String path(JsonObject row) {
        return rows.path() + "/" + Requests.encoded(id(row));
    }

    private static String id(JsonObject row) {
        return row.getString("id");
    }

    private static Answer accepted(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
