package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Routes, bodies and responses that clients of the native dialect rely on. */
abstract class RestContract {
    private static final String TODOS = "/api/default/todos";
    private static final String BULK = TODOS + "/bulk";
    private static final String NOWHERE = TODOS + "/no-such-row";

    private static final int ANSWER_MILLIS_MAX = 30_000;

    private final URI application;
    private final Api todoApp;
    private final Api bulkTodo;

    RestContract(Server server) {
        application = server.application("todo-app");
        todoApp = new Api(application);
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
    @Tag("CFS5")
    @DisplayName("[CFS5] a bulk of no items or of 101 is refused, and nothing of it is done")
    void bulkLimits() {
        String mark = UUID.randomUUID().toString();
        String ids = IntStream.range(0, 101).mapToObj(i -> "\"x" + i + "\"").collect(Collectors.joining(",", "[", "]"));

        assertInvalid(todoApp.post(BULK, "{\"items\":[]}"), "items");
        assertInvalid(todoApp.post(BULK, todos(101, mark)), "items");
        assertInvalid(todoApp.post(BULK, "{}"), "items");
        assertInvalid(todoApp.put(BULK, "{\"title\":\"x\"}"), "items");
        assertInvalid(todoApp.delete(BULK, "{\"ids\":" + ids + "}"), "ids");
        assertThat(todoApp.get(TODOS).body()).doesNotContain(mark);
    }

    @Test
    @Tag("MUT1")
    @DisplayName("[MUT1] a bulk with one invalid item leaves nothing behind")
    void bulkIsWhole() {
        String mark = UUID.randomUUID().toString();

        Answer answer = todoApp.post(BULK, "{\"items\":[{\"title\":\"" + mark + "\"},{\"title\":5}]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("1.title");
        assertThat(todoApp.get(TODOS).body()).doesNotContain(mark);
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
    @Tag("CFS23")
    @DisplayName("[CFS23] a client of 0.25 and later gets 404 for a missing row")
    void missingForNewerClients() {
        Answer answer = todoApp.put(NOWHERE, "{\"title\":\"x\",\"_entityId\":\"no-such-row\"}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getJsonObject("error").getString("code")).isEqualTo("NOT_FOUND");
    }

    @Test
    @Tag("CFS4")
    @Tag("CD3")
    @DisplayName("[CFS4][CD3] a compressed body answers 415 with the cure")
    void compressedBody() {
        Answer answer = todoApp.with("Content-Encoding", "gzip").post(TODOS, "{\"title\":\"x\"}");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.message()).contains("Content-Encoding: gzip", "plain JSON");
    }

    @Test
    @Tag("CFS2")
    @DisplayName("[CFS2] validation failures answer 400, and name the field")
    void validation() {
        assertInvalid(todoApp.post(TODOS, "{}"), "title");
        assertInvalid(todoApp.post(TODOS, "{\"title\":5}"), "title");
        assertInvalid(todoApp.post(TODOS, "{\"title\":\"" + "x".repeat(501) + "\"}"), "title");
        assertInvalid(todoApp.post(TODOS, "{\"title\":\"x\",\"_clientMutationId\":7}"), "_clientMutationId");
        String id = id(todo("valid"));
        assertInvalid(todoApp.put(TODOS + "/" + id, "{\"completed\":\"yes\"}"), "completed");
        assertInvalid(todoApp.put(TODOS + "/" + id, "{\"title\":null}"), "title");
    }

    @Test
    @Tag("COL3")
    @DisplayName("[COL3] a refusal names every invalid field, in a stable order")
    void everyField() {
        Answer answer = todoApp.post(TODOS, "{\"title\":5,\"completed\":\"yes\"}");

        assertThat(answer.json().getJsonObject("error").getJsonArray("issues").getValuesAs(JsonObject.class).stream()
                        .map(issue -> issue.getJsonArray("path").getString(0)))
                .containsExactly("completed", "title");
    }

    @Test
    @Tag("COL2")
    @DisplayName("[COL2] a value that a database cannot store is refused by field name")
    void unstorable() {
        assertInvalid(todoApp.post(TODOS, "{\"title\":\"nul \\u0000\"}"), "title");
        assertInvalid(todoApp.post(TODOS, "{\"title\":\"half \\ud83d\"}"), "title");
    }

    @Test
    @Tag("CFS3")
    @DisplayName("[CFS3] an unknown collection answers 404 as JSON, for any request")
    void unknownCollection() {
        String path = "/api/default/zzz";
        List<Answer> answers = List.of(
                todoApp.get(path),
                todoApp.post(path, "{\"a\":1}"),
                todoApp.put(path + "/1", "{\"a\":1}"),
                todoApp.delete(path + "/1"),
                todoApp.post(path + "/bulk", "{\"items\":[{}]}"),
                todoApp.put(path + "/bulk", "{\"items\":[{\"id\":\"1\",\"data\":{}}]}"),
                todoApp.delete(path + "/bulk", "{\"ids\":[\"1\"]}"));

        assertThat(answers)
                .containsOnly(new Answer(
                        404,
                        "application/json",
                        "{\"error\":{\"message\":\"Collection 'zzz' not found\",\"code\":\"UNKNOWN_COLLECTION\"}}"));
    }

    @Test
    @Tag("CFS3")
    @DisplayName("[CFS3] an unknown route answers 404 as text")
    void noRoute() {
        String id = id(todo("cannot be read alone"));
        List<Answer> answers = List.of(
                todoApp.get(TODOS + "/" + id),
                todoApp.send("PATCH", TODOS + "/" + id, "{}"),
                todoApp.get(TODOS + "/"),
                todoApp.get("/api/default"),
                todoApp.get("/api/default/todos/a/b"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.contentType()).startsWith("text/plain");
            assertThat(answer.body()).isEqualTo("404 Not Found");
        });
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] HEAD of a list answers as GET, without the list")
    void head() {
        assertThat(todoApp.sendNothing("HEAD", TODOS)).isEqualTo(ok(""));
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] a body that is no JSON answers 400")
    void malformed() {
        List<Answer> answers = List.of(
                todoApp.post(TODOS, "{\"title\":"),
                todoApp.post(TODOS, ""),
                todoApp.post(TODOS, "{\"title\":\"x\"} trailing"),
                todoApp.put(NOWHERE, "{'title':'x'}"),
                todoApp.delete(BULK, "{\"ids\":"));

        assertThat(answers)
                .containsOnly(new Answer(
                        400,
                        "application/json",
                        "{\"error\":{\"message\":\"Malformed JSON in request body\",\"code\":\"MALFORMED\"}}"));
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] a body that is not declared as JSON answers 400")
    void untyped() {
        List<Answer> answers = List.of(
                todoApp.sendUntyped("POST", TODOS, "{\"title\":\"x\"}"),
                todoApp.send("POST", TODOS, "{\"title\":\"x\"}", "text/plain"),
                todoApp.delete(BULK));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).contains("JSON");
        });
        assertThat(todoApp.send("POST", TODOS, "{\"title\":\"x\"}", "not a type")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] JSON that is nested too deeply answers 400")
    void nested() {
        Answer answer = todoApp.post(TODOS, "{\"title\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("nested deeper than 64");
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] a body over 1 MiB answers 413")
    void tooLarge() {
        Answer answer = todoApp.post(TODOS, "{\"title\":\"" + "x".repeat(1024 * 1024) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.message()).isNotEmpty();
    }

    /** The server's own limit; only the head is sent, because the server ends the connection at once. */
    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] a body over 10 MiB answers 400 without a body, before it has been sent")
    void farTooLarge() throws IOException {
        try (Socket socket = new Socket(application.getHost(), application.getPort())) {
            socket.setSoTimeout(ANSWER_MILLIS_MAX);
            String head = "POST " + application.getPath() + TODOS + " HTTP/1.1\r\nHost: " + application.getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + (10 * 1024 * 1024 + 1) + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Content-Length: 0")
                    .endsWith("\r\n\r\n");
        }
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

    private JsonObject todo(String title) {
        return todoApp.post(TODOS, "{\"title\":\"" + title + "\"}").row();
    }

    private static String id(JsonObject row) {
        return row.getString("id");
    }

    private static String todos(int count, String mark) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"title\":\"" + mark + i + "\"}")
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    private static List<String> titles(List<JsonObject> rows) {
        return rows.stream().map(row -> row.getString("title")).toList();
    }

    private static ListAssert<JsonObject> rowsOf(Answer list) {
        return assertThat(list.json().getJsonArray("todos").getValuesAs(JsonObject.class));
    }

    private static Answer ok(String body) {
        return new Answer(200, "application/json", body);
    }

    private static void assertOk(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
    }

    private static void assertInvalid(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        JsonObject error = answer.json().getJsonObject("error");
        assertThat(error.keySet()).containsExactly("message", "code", "issues");
        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        JsonObject issue = error.getJsonArray("issues").getJsonObject(0);
        assertThat(issue.keySet()).containsExactly("message", "path");
        assertThat(issue.getJsonArray("path").getValuesAs(JsonString::getString))
                .containsExactly(field);
        assertThat(error.getString("message")).contains(field);
    }
}
