package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Refusals of requests that the native dialect cannot execute. */
abstract class InvalidRequestsContract extends TodoRequests {
    private static final int ANSWER_MILLIS_MAX = 30_000;

    InvalidRequestsContract(Server server) {
        super(server);
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
    @Tag("CFS23")
    @DisplayName("[CFS23] a client of 0.25 and later gets 404 for a missing row")
    void missingForNewerClients() {
        Answer answer = todoApp.put(NOWHERE, "{\"title\":\"x\",\"_entityId\":\"no-such-row\"}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getJsonObject("error").getString("code")).isEqualTo("NOT_FOUND");
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
