package dev.lockstep.system.inside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The probe application beside the examples, over REST and sockets. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ProbeIT {
    private static final URI SERVER = URI.create("http://127.0.0.1:" + System.getProperty("lockstep.test.http.port"));
    private static final URI PROBE = SERVER.resolve("/probe");

    private final Api probe = new Api(PROBE);
    private final Api todoApp = new Api(SERVER.resolve("/todo-app"));

    @Deployment
    static EnterpriseArchive ear() {
        return ProbeEar.withTestsIn();
    }

    @Test
    @Tag("COL8")
    @DisplayName("[COL8] a row is visible and writable only in its room")
    void tenants() {
        String mine = anyBoard();
        String other = anyBoard();
        String id = post(mine, "{\"title\":\"mine\",\"board\":\"" + other + "\"}")
                .row()
                .getString("id");

        assertThat(list(other)).doesNotContain(id);
        assertThat(probe.put(path(other) + "/" + id, "{\"title\":\"taken\"}").body())
                .isEqualTo("{\"success\":true,\"data\":null}");
        probe.delete(path(other) + "/" + id);
        probe.delete(path(other) + "/bulk", "{\"ids\":[\"" + id + "\"]}");
        probe.put(path(mine) + "/" + id, "{\"board\":\"" + other + "\",\"title\":\"still mine\"}");

        assertThat(list(mine)).contains(id, "still mine");
        assertThat(list(other)).doesNotContain(id);
    }

    @Test
    @Tag("COL7")
    @DisplayName("[COL7] lists are in the collection's order, and equal rows in insertion order")
    void order() {
        String board = anyBoard();
        post(board, "{\"title\":\"d\",\"place\":9}");
        post(board, "{\"title\":\"b\",\"place\":5}");
        post(board, "{\"title\":\"c\",\"place\":5}");
        post(board, "{\"title\":\"a\",\"place\":-1}");

        assertThat(probe.get(path(board)).json().getJsonArray("notes").getValuesAs(JsonObject.class))
                .extracting(row -> row.getString("title"))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    @Tag("COL4")
    @DisplayName("[COL4] a collection with clientIds keeps a client's id")
    void clientIds() {
        String id = UUID.randomUUID().toString();

        assertThat(post(anyBoard(), "{\"id\":\"" + id + "\",\"title\":\"x\"}")
                        .row()
                        .getString("id"))
                .isEqualTo(id);
    }

    @Test
    @Tag("COL12")
    @DisplayName("[COL12] a field that is never sent may be written, and is in no answer and no list")
    void neverSent() {
        String comments = "/api/" + anyBoard() + "/comments";
        Answer answer = probe.post(comments, "{\"signature\":\"ann\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body() + probe.get(comments).body()).doesNotContain("signature", "ann");
    }

    @Test
    @Tag("COL13")
    @DisplayName("[COL13] an operation that a collection does not have answers 405 with the allowed methods")
    void notSupported() {
        String path = "/api/" + anyBoard() + "/comments/x";
        Answer answer = probe.put(path, "{}");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.message()).isEqualTo("Collection 'comments' has no update, only read, insert, delete");
        assertThat(probe.exchangeJson("PUT", path, "{}").headers().allValues("allow"))
                .containsExactly("DELETE");
    }

    @Test
    @Tag("MUT5")
    @DisplayName("[MUT5] an id that a row has or had, in any room, is refused with 409")
    void idInUse() {
        String board = anyBoard();
        String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"title\":\"first\"}";
        String id = post(board, body).row().getString("id");

        assertThat(post(board, body).status()).isEqualTo(409);
        assertThat(post(anyBoard(), body).status()).isEqualTo(409);
        probe.delete(path(board) + "/" + id);
        Answer afterDelete = post(board, body);
        assertThat(afterDelete.status()).isEqualTo(409);
        assertThat(afterDelete.message()).doesNotContainIgnoringCase("constraint");
        assertThat(list(board)).doesNotContain(id);
    }

    @Test
    @Tag("MUT5")
    @DisplayName("[MUT5] a bulk with an id in use is refused as a whole")
    void idInUseInBulk() {
        String board = anyBoard();
        String id = UUID.randomUUID().toString();

        Answer answer = probe.post(
                path(board) + "/bulk",
                "{\"items\":[{\"id\":\"" + id + "\",\"title\":\"one\"},{\"id\":\"" + id + "\",\"title\":\"two\"}]}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(list(board)).doesNotContain(id);
    }

    @Test
    @Tag("ACC1")
    @DisplayName("[ACC1] a change that a rule refuses is not executed: no row, no frame, no number")
    void refusedWrite() {
        String board = UUID.randomUUID() + "-finished";
        try (BroadcastSocket socket = BroadcastSocket.on(PROBE, board)) {
            assertThat(socket.next().counter("notes")).isZero();
            List<Answer> answers = List.of(
                    post(board, "{\"title\":\"x\"}"),
                    probe.put(path(board) + "/any", "{\"title\":\"x\"}"),
                    probe.delete(path(board) + "/any"),
                    probe.post(path(board) + "/bulk", "{\"items\":[{\"title\":\"x\"}]}"),
                    probe.put(path(board) + "/bulk", "{\"items\":[{\"id\":\"any\",\"data\":{}}]}"),
                    probe.delete(path(board) + "/bulk", "{\"ids\":[\"any\"]}"));

            assertThat(answers)
                    .containsOnly(new Answer(
                            403,
                            "application/json",
                            "{\"error\":{\"message\":\"This board is finished\",\"code\":\"FORBIDDEN\"}}"));
            assertThat(list(board)).isEqualTo("{\"notes\":[]}");
            assertThat(socket.unread()).isZero();
        }
        try (BroadcastSocket later = BroadcastSocket.on(PROBE, board)) {
            assertThat(later.next().text()).isEqualTo("{\"type\":\"sync-init\",\"counters\":{}}");
        }
    }

    @Test
    @Tag("ACC1")
    @DisplayName("[ACC1] reads and subscriptions pass the same rules as writes")
    void refusedRead() {
        assertThat(probe.get(path("closed")).status()).isEqualTo(403);
        assertThat(BroadcastSocket.refused(PROBE, "/parties/main/closed").statusCode())
                .isEqualTo(403);
    }

    @Test
    @Tag("ACC1")
    @DisplayName("[ACC1] rules run in order of priority; the first refusal is the answer")
    void firstRefusal() {
        assertThat(post("closed-and-finished", "{\"title\":\"x\"}").message()).isEqualTo("This board is closed");
    }

    @Test
    @Tag("ACC3")
    @DisplayName("[ACC3] a rule that throws refuses, and its exception stays in the server")
    void brokenRule() {
        Answer answer = post("broken", "{\"title\":\"x\"}");

        assertThat(answer)
                .isEqualTo(new Answer(
                        403, "application/json", "{\"error\":{\"message\":\"Forbidden\",\"code\":\"FORBIDDEN\"}}"));
    }

    @Test
    @Tag("ACC2")
    @DisplayName("[ACC2] a rule is evaluated only for its own application")
    void otherApplication() {
        assertThat(todoApp.get("/api/closed/todos").status()).isEqualTo(200);
        assertThat(todoApp.post("/api/broken/notes", "{\"title\":\"x\"}").status())
                .isEqualTo(200);
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] an endpoint that names the room calls the beans of that room")
    void beansOfARoom() {
        String board = anyBoard();
        String alone = probe.get("/api/visit/" + board).body();
        assertThat(probe.get("/api/visit/" + board).body()).isNotEqualTo(alone);
        try (BroadcastSocket socket = BroadcastSocket.on(PROBE, board)) {
            socket.next();
            String shared = probe.get("/api/visit/" + board).body();
            assertThat(probe.get("/api/visit/" + board).body()).isEqualTo(shared);
            assertThat(probe.get("/api/visit/" + anyBoard()).body()).isNotEqualTo(shared);
        }
    }

    @Test
    @Tag("CFS26")
    @DisplayName("[CFS26] a message reaches the connections of its room that asked for messages, and uses no number")
    void messages() {
        String board = anyBoard();
        String path = "/parties/main/" + board;
        try (BroadcastSocket asks = BroadcastSocket.at(PROBE, path + "?messages=all");
                BroadcastSocket silent = BroadcastSocket.on(PROBE, board);
                BroadcastSocket elsewhere =
                        BroadcastSocket.at(PROBE, "/parties/main/" + anyBoard() + "?messages=all")) {
            asks.next();
            silent.next();
            elsewhere.next();
            assertThat(probe.post("/api/visit/" + board, "{\"typing\":\"ann\"}").status())
                    .isEqualTo(204);
            assertThat(asks.next().text()).isEqualTo("{\"type\":\"message\",\"payload\":{\"typing\":\"ann\"}}");
            post(board, "{\"title\":\"x\"}");
            assertThat(asks.next().broadcastId()).isEqualTo(1);
            assertThat(silent.next().broadcastId()).isEqualTo(1);
            assertThat(elsewhere.unread()).isZero();
        }
        assertThat(probe.post("/api/visit/" + board, "[]").status()).isEqualTo(500);
    }

    @Test
    @Tag("COL11")
    @DisplayName("[COL11] collections of one name in two applications share neither rows nor frames")
    void twoWars() {
        String board = anyBoard();
        String mark = UUID.randomUUID().toString();
        try (BroadcastSocket socket = BroadcastSocket.on(PROBE, board)) {
            socket.next();
            todoApp.post("/api/" + board + "/notes", "{\"title\":\"" + mark + "\"}");
            post(board, "{\"title\":\"the probe's own\"}");

            Frame first = socket.next();
            assertThat(first.broadcastId()).isEqualTo(1);
            assertThat(first.text()).contains("the probe's own");
        }
        assertThat(list(board)).doesNotContain(mark);
        assertThat(todoApp.get("/api/" + board + "/notes").body())
                .contains(mark)
                .doesNotContain("the probe's own");
    }

    @Test
    @Tag("CFS8")
    @DisplayName("[CFS8] a name with %2F, ; : and %25 is one room, alike in REST and sockets")
    void namesInPaths() {
        String mark = UUID.randomUUID().toString();
        String name = mark + "-a%2Fb;c:d%25";
        List<String> others = List.of(
                mark + "-a", mark + "-a%2Fb", mark + "-a%252Fb;c:d%25", mark + "-a%2Fb%3Bc", mark + "-a%2Fb;c:d");
        List<BroadcastSocket> otherSockets =
                others.stream().map(other -> BroadcastSocket.on(PROBE, other)).toList();
        try (BroadcastSocket socket = BroadcastSocket.on(PROBE, name);
                BroadcastSocket sameRoom = BroadcastSocket.on(PROBE, mark + "-%61%2fb%3Bc%3Ad%25")) {
            socket.next();
            sameRoom.next();
            otherSockets.forEach(BroadcastSocket::next);

            Answer answer = post(name, "{\"title\":\"here\"}");

            assertThat(answer.row().getString("board")).isEqualTo(mark + "-a/b;c:d%");
            assertThat(socket.next().text()).contains(answer.rowText());
            assertThat(sameRoom.next().text()).contains(answer.rowText());
            assertThat(list(name)).contains("here");
            assertEachHearsOnlyItsOwn(others, otherSockets);
        } finally {
            otherSockets.forEach(BroadcastSocket::close);
        }
    }

    private void assertEachHearsOnlyItsOwn(List<String> boards, List<BroadcastSocket> sockets) {
        for (int i = 0; i < boards.size(); i++) {
            post(boards.get(i), "{\"title\":\"board " + i + "\"}");
            Frame first = sockets.get(i).next();
            assertThat(first.broadcastId()).isEqualTo(1);
            assertThat(first.text()).contains("board " + i);
            assertThat(list(boards.get(i))).doesNotContain("here");
        }
    }

    private Answer post(String board, String json) {
        return probe.post(path(board), json);
    }

    private String list(String board) {
        return probe.get(path(board)).body();
    }

    private static String path(String board) {
        return "/api/" + board + "/notes";
    }

    private static String anyBoard() {
        return UUID.randomUUID().toString();
    }
}
