package dev.lockstep.odd.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.table.Shape;
import dev.lockstep.odd.table.Shape.Value;
import dev.lockstep.odd.table.Shape.WhenNull;
import dev.lockstep.system.client.Answer;
import jakarta.json.JsonObject;
import java.util.Map;

/** Writes the values of a shape in Strata's dialect, and compares bootstrap, deltas and table. */
public final class ShapeInStrata {
    private final ShapeRows rows;
    private final Shape shape;
    private int transactions;

    public ShapeInStrata(OddServer server, Shape shape) {
        this.shape = shape;
        this.rows = new ShapeRows(server, shape);
    }

    /** An insert, updates of all fields and of one, a {@code null}, and a delete. */
    public void write() {
        long start = rows.head();
        int number = rows.next();
        String id = rows.chosenId(number);
        accept("INSERT", id, rows.others(number) + room() + rows.member(shape.first()));
        requireIs(id, shape.first(), start);
        JsonObject inserted = bootstrap().getOrDefault(id, JsonObject.EMPTY_JSON_OBJECT);

        accept("UPDATE", id, rows.allMembers(inserted, shape.second()));
        JsonObject updated = requireIs(id, shape.second(), start);
        rows.requireOnlyFieldChanged(inserted, updated);
        long cursor = rows.head();
        accept("UPDATE", id, rows.member(shape.first()));
        rows.requireOnlyFieldChanged(updated, requireIs(id, shape.first(), cursor));

        if (shape.whenNull() == WhenNull.REFUSED) {
            JsonObject refused = result("UPDATE", id, rows.member(rows.nothing()));
            assertThat(refused.getBoolean("success")).isFalse();
            assertThat(refused.getString("error")).contains(shape.field());
            requireIs(id, shape.first(), start);
        } else {
            accept("UPDATE", id, rows.member(rows.nothing()));
            requireIs(id, rows.nothing(), start);
        }
        accept("DELETE", id, "");
        assertThat(bootstrap()).isEmpty();
        assertThat(deltas(start)).isEmpty();
        rows.requireLive();
    }

    private String room() {
        return "\"room\":\"" + rows.room() + "\",";
    }

    private void accept(String action, String id, String members) {
        JsonObject result = result(action, id, members);
        assertThat(result.getBoolean("success")).as(result.toString()).isTrue();
    }

    private JsonObject result(String action, String id, String members) {
        Answer answer = rows.api()
                .post(
                        "/sync/mutate",
                        "{\"batchId\":\"b\",\"transactions\":[{\"action\":\"" + action + "\",\"clientId\":\""
                                + rows.room() + "\",\"clientTxId\":\"" + rows.room() + "-" + ++transactions
                                + "\",\"modelId\":\"" + id + "\",\"modelName\":\""
                                + rows.collection().name() + "\",\"payload\":"
                                + Millis.in(rows.collection(), Rows.parse("{" + withoutComma(members) + "}")) + "}]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("results").getJsonObject(0);
    }

    private static String withoutComma(String members) {
        return members.endsWith(",") ? members.substring(0, members.length() - 1) : members;
    }

    /** Requires that bootstrap, table, and a client with the deltas since a position have the row. */
    private JsonObject requireIs(String id, Value value, long cursor) {
        Map<String, JsonObject> bootstrap = bootstrap();
        assertThat(bootstrap).containsOnlyKeys(id);
        JsonObject row = bootstrap.getOrDefault(id, JsonObject.EMPTY_JSON_OBJECT);
        requireReceived(row, value);
        requireReceived(deltas(cursor).getOrDefault(id, JsonObject.EMPTY_JSON_OBJECT), value);
        rows.requireStored(id, value);
        return row;
    }

    private void requireReceived(JsonObject row, Value value) {
        JsonObject expected = Rows.parse("{\"" + shape.field() + "\":" + rows.with(value.received()) + "}");
        assertThat(row).containsAllEntriesOf(Millis.in(rows.collection(), expected));
    }

    private Map<String, JsonObject> bootstrap() {
        return rows.own(Bootstrap.of(rows.api()).getOrDefault(rows.collection().name(), Map.of()));
    }

    private Map<String, JsonObject> deltas(long cursor) {
        return rows.own(new StrataReplica()
                .afterDeltas(rows.api(), cursor)
                .of(rows.collection().name()));
    }
}
