package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Routes, bodies and responses that clients of the native dialect rely on. */
abstract class RestContract extends TodoRequests {
    private final Api bulkTodo;

    RestContract(Server server) {
        super(server);
        bulkTodo = new Api(server.application("bulk-todo"));
    }

    @Test
    @Tag("CFS10")
    @DisplayName("[CFS10] the health response has status, time and collections")
    void health() {
        Answer health = todoApp.get("/api/health");

        assertOk(health);
        assertThat(health.json().keySet()).containsExactly("status", "timestamp", "collections");
        assertThat(health.json().getString("status")).isEqualTo("ok");
        assertThat(health.json().getString("timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(health.body()).endsWith("\"collections\":[\"notes\",\"todos\"]}");
    }

    @Test
    @Tag("OPS18")
    @DisplayName("[OPS18] a file of a page is requested anew, and sent again only if its content differs")
    void files() {
        HttpHeaders headers = todoApp.exchange("GET", "/todos.js").headers();
        String tag = headers.firstValue("etag").orElseThrow();

        assertThat(headers.firstValue("cache-control")).contains("no-cache");
        assertThat(todoApp.exchange("GET", "/todos.js", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        String later = "Fri, 01 Jan 2100 00:00:00 GMT";
        assertThat(todoApp.exchange("GET", "/todos.js", "If-None-Match", "\"other\"", "If-Modified-Since", later)
                        .statusCode())
                .isEqualTo(200);
        assertThat(todoApp.exchange("GET", "/WEB-INF/web.xml").headers().firstValue("etag"))
                .isEmpty();
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] a new row is answered whole, in the order of its fields, with the server's id and times")
    void insert() {
        Answer answer = todoApp.post(TODOS, "{\"title\":\"A\",\"_clientMutationId\":\"" + UUID.randomUUID() + "\"}");

        assertOk(answer);
        assertThat(answer.json().keySet()).containsExactly("success", "data");
        assertThat(answer.json().getBoolean("success")).isTrue();
        JsonObject row = answer.row();
        assertThat(row.keySet()).containsExactly("id", "title", "completed", "createdAt", "updatedAt");
        assertThat(row.getString("title")).isEqualTo("A");
        assertThat(row.getBoolean("completed")).isFalse();
        assertThat(row.getString("createdAt"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z")
                .isEqualTo(row.getString("updatedAt"));
    }

    @Test
    @Tag("COL9")
    @DisplayName("[COL9] ids are UUIDs of version 7, each greater than the one before")
    void ids() {
        UUID first = UUID.fromString(id(todo("first")));
        UUID second = UUID.fromString(id(todo("second")));

        assertThat(List.of(first.version(), second.version())).containsOnly(7);
        assertThat(second.toString()).isGreaterThan(first.toString());
    }

    @Test
    @Tag("COL4")
    @DisplayName("[COL4] id, times and unknown fields of a client are ignored")
    void serversOwnFields() {
        Answer answer = todoApp.post(
                TODOS, "{\"title\":\"B\",\"id\":\"my-id\",\"createdAt\":5,\"bogus\":1,\"ownerId\":\"evil\"}");

        assertOk(answer);
        assertThat(answer.row().getString("id")).isNotEqualTo("my-id");
        assertThat(Instant.parse(answer.row().getString("createdAt"))).isAfter(Instant.EPOCH.plusSeconds(5));
        assertThat(answer.row().keySet()).doesNotContain("bogus", "ownerId");
    }

    @Test
    @Tag("COL1")
    @DisplayName("[COL1] absent values are sent as null")
    void absentIsNull() {
        Answer answer = todoApp.post("/api/default/notes", "{\"title\":\"N2\"}");

        assertThat(answer.row().get("content")).isEqualTo(JsonValue.NULL);
        assertThat(answer.row().keySet()).containsExactly("id", "title", "content", "createdAt", "updatedAt");
    }

    @Test
    @Tag("COL5")
    @DisplayName("[COL5] an update changes the sent fields and the time of the change")
    void update() {
        JsonObject before = todo("before");

        Answer answer = todoApp.put(TODOS + "/" + id(before), "{\"completed\":true}");

        assertOk(answer);
        assertThat(answer.row().getString("title")).isEqualTo("before");
        assertThat(answer.row().getBoolean("completed")).isTrue();
        assertThat(answer.row().getString("createdAt")).isEqualTo(before.getString("createdAt"));
        assertThat(Instant.parse(answer.row().getString("updatedAt")))
                .isAfterOrEqualTo(Instant.parse(before.getString("updatedAt")));
    }

    @Test
    @Tag("COL7")
    @DisplayName("[COL7] lists are newest first, and equal the answers to the writes")
    void list() {
        JsonObject older = todo("older");
        JsonObject newer = todo("newer");

        Answer list = todoApp.get(TODOS);

        assertOk(list);
        assertThat(list.json().keySet()).containsExactly("todos");
        rowsOf(list).filteredOn(row -> List.of(older, newer).contains(row)).containsExactly(newer, older);
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] scope and consistent are accepted; without a scope column they change nothing")
    void listWithQuery() {
        JsonObject row = todo("found by any query");

        rowsOf(todoApp.get(TODOS + "?scope=zzz")).contains(row);
        rowsOf(todoApp.get(TODOS + "?consistent=true")).contains(row);
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] a deleted row is in no list, and a repeated delete of its id is accepted")
    void delete() {
        String id = id(todo("to be deleted"));

        Answer answer = todoApp.delete(TODOS + "/" + id + "?_clientMutationId=" + UUID.randomUUID());

        assertOk(answer);
        assertThat(answer.body()).isEqualTo("{\"success\":true}");
        assertThat(todoApp.get(TODOS).body()).doesNotContain(id);
        assertThat(todoApp.delete(TODOS + "/" + id).body()).isEqualTo("{\"success\":true}");
        assertThat(todoApp.put(TODOS + "/" + id, "{\"title\":\"x\"}").body())
                .isEqualTo("{\"success\":true,\"data\":null}");
    }

    @Test
    @Tag("MUT4")
    @DisplayName("[MUT4] updating or deleting a missing row is no error")
    void missing() {
        assertThat(todoApp.put(NOWHERE, "{\"title\":\"x\"}")).isEqualTo(ok("{\"success\":true,\"data\":null}"));
        assertThat(todoApp.delete(NOWHERE)).isEqualTo(ok("{\"success\":true}"));
        assertThat(todoApp.put(BULK, "{\"items\":[{\"id\":\"no-such-row\",\"data\":{\"title\":\"x\"}}]}"))
                .isEqualTo(ok("{\"success\":true,\"data\":[]}"));
        assertThat(todoApp.delete(BULK, "{\"ids\":[\"no-such-row\"]}")).isEqualTo(ok("{\"success\":true}"));
    }

    @Test
    @Tag("CFS5")
    @DisplayName("[CFS5] a bulk of 100 is one mutation: items in order, times equal, listed in order")
    void bulkInsert() {
        String mark = UUID.randomUUID().toString();

        Answer answer = bulkTodo.post(BULK, todos(100, mark));

        assertOk(answer);
        List<String> titles = titles(answer.rows().getValuesAs(JsonObject.class));
        assertThat(titles)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> mark + i).toList());
        assertThat(answer.rows().getValuesAs(JsonObject.class).stream()
                        .map(row -> row.getString("createdAt"))
                        .distinct())
                .hasSize(1);
        assertThat(bulkTodo.get(TODOS).json().getJsonArray("todos").getValuesAs(JsonObject.class).stream()
                        .map(row -> row.getString("title"))
                        .filter(title -> title.startsWith(mark)))
                .containsExactlyElementsOf(titles);
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] a bulk update answers with the existing rows, in order of the items")
    void bulkUpdate() {
        String first = id(todo("first"));
        String second = id(todo("second"));

        Answer answer = todoApp.put(
                BULK,
                "{\"items\":[{\"id\":\"" + second + "\",\"data\":{\"completed\":true}},"
                        + "{\"id\":\"no-such-row\",\"data\":{\"title\":\"x\"}},"
                        + "{\"id\":\"" + first + "\",\"data\":{\"title\":\"first, changed\"}}]}");

        assertOk(answer);
        assertThat(titles(answer.rows().getValuesAs(JsonObject.class))).containsExactly("second", "first, changed");
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] a bulk delete is a DELETE with a body")
    void bulkDelete() {
        String gone = id(todo("goes"));
        String kept = id(todo("stays"));

        Answer answer = todoApp.delete(BULK, "{\"ids\":[\"" + gone + "\",\"no-such-row\"]}");

        assertThat(answer).isEqualTo(ok("{\"success\":true}"));
        assertThat(todoApp.get(TODOS).body()).doesNotContain(gone).contains(kept);
    }

    @Test
    @Tag("CFS24")
    @Tag("CC2")
    @DisplayName("[CFS24][CC2] a row has the id that its client's library generated; a repeat is answered with the row")
    void chosenIds() {
        String first = UUID.randomUUID().toString();
        String second = UUID.randomUUID().toString();
        Answer made = todoApp.post(TODOS, "{\"title\":\"x\",\"_entityId\":\"" + first + "\"}");
        assertThat(made.row().getString("id")).isEqualTo(first);
        Answer again = todoApp.post(TODOS, "{\"title\":\"changed\",\"_entityId\":\"" + first + "\"}");
        assertThat(again).isEqualTo(made);

        String both = "{\"items\":[{\"title\":\"a\"},{\"title\":\"b\"}],\"_entityIds\":[\"" + second + "\",\"";
        assertThat(todoApp.post(BULK, both + first + "\"]}").status()).isEqualTo(409);
        String third = UUID.randomUUID().toString();
        Answer bulk = todoApp.post(BULK, both + third + "\"]}");
        assertThat(bulk.rows().getValuesAs(JsonObject.class).stream().map(row -> row.getString("id")))
                .containsExactly(second, third);
        assertThat(todoApp.post(BULK, both + third + "\"]}")).isEqualTo(bulk);
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] HEAD of a list answers as GET, without the list")
    void head() {
        assertThat(todoApp.sendNothing("HEAD", TODOS)).isEqualTo(ok(""));
    }

    @Test
    @Tag("COL8")
    @DisplayName("[COL8] a single-tenant collection shows the same rows in every room")
    void singleTenant() {
        JsonObject row =
                todoApp.post("/api/elsewhere/todos", "{\"title\":\"E\"}").row();

        rowsOf(todoApp.get(TODOS)).contains(row);
        rowsOf(todoApp.get("/api/somewhere%2Felse;a=b:c/todos")).contains(row);
    }

    @Test
    @Tag("CFS8")
    @DisplayName("[CFS8] a collection's name is decoded like a room's")
    void encodedCollection() {
        JsonObject row = todo("found under an encoded name");

        rowsOf(todoApp.get("/api/default/%74odos")).contains(row);
    }

    @Test
    @Tag("COL11")
    @DisplayName("[COL11] applications in one EAR do not see each other's rows in collections of one name")
    void applications() {
        String mark = UUID.randomUUID().toString();
        todoApp.post(TODOS, "{\"title\":\"" + mark + "\"}");

        assertThat(bulkTodo.get(TODOS).body()).doesNotContain(mark);
        assertThat(todoApp.get(TODOS).body()).contains(mark);
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a mutation that is sent twice takes effect once, and gets the first answer twice")
    void sentTwice() {
        String mark = UUID.randomUUID().toString();
        String body = "{\"title\":\"" + mark + "\",\"_clientMutationId\":\"" + mark + "\"}";

        Answer first = todoApp.post(TODOS, body);

        assertOk(first);
        assertThat(todoApp.post(TODOS, body)).isEqualTo(first);
        rowsOf(todoApp.get(TODOS))
                .filteredOn(row -> row.getString("title").equals(mark))
                .containsExactly(first.row());
        assertThat(todoApp.post(TODOS, body.replace("\"title\":\"", "\"title\":\"other "))
                        .status())
                .isEqualTo(409);
    }

    private static List<String> titles(List<JsonObject> rows) {
        return rows.stream().map(row -> row.getString("title")).toList();
    }

    private static Answer ok(String body) {
        return new Answer(200, "application/json", body);
    }

    private static void assertOk(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
    }
}
