package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.client.SignedInUser;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The extensions that Lockstep's own client uses: positions of writes and sockets, and atomic mutations. */
abstract class PositionsContract {
    private static final String NOTES = "/api/default/notes";
    private static final String MUTATIONS = "/api/default/mutations";
    private static final String POSITION = "Lockstep-Seq";
    private static final int PINGS_MAX = 10_000;

    private final URI application;
    private final Api api;
    private final SignedInUser editor;

    PositionsContract(Server server) {
        application = server.application("todo-app");
        api = new Api(application);
        editor = new SignedInUser(server.application("project-roles-todo-app"), "editor");
    }

    private static String position(HttpResponse<?> answer) {
        return answer.headers().firstValue(POSITION).orElse("");
    }

    private static String change(String collection, String action, String rest) {
        return "{\"collection\":\"" + collection + "\",\"action\":\"" + action + "\"," + rest + "}";
    }

    private static String mutation(String... changes) {
        return "{\"_clientMutationId\":\"" + UUID.randomUUID() + "\",\"changes\":[" + String.join(",", changes) + "]}";
    }

    private String madeId(String title) {
        return api.post(NOTES, "{\"title\":\"" + title + "\"}").row().getString("id");
    }

    /** The frame with this position, which must come soon. */
    private static Frame frameAt(BroadcastSocket socket, String position) {
        Frame frame = socket.next();
        while (frame.text().equals("pong") || frame.seq() < Long.parseLong(position)) {
            frame = socket.next();
        }
        return frame;
    }

    @Test
    @Tag("CFS27")
    @DisplayName("[CFS27] a write is answered with its position, a repeat with the first, a change of nothing without")
    void positionsOfWrites() {
        String note = "{\"title\":\"at\",\"_clientMutationId\":\"" + UUID.randomUUID() + "\"}";
        String items = "{\"items\":[{\"title\":\"b\"},{\"title\":\"c\"}]}";
        try (BroadcastSocket socket = BroadcastSocket.on(application, "default")) {
            assertThat(socket.next().type()).isEqualTo("sync-init");
            HttpResponse<byte[]> made = api.exchangeJson("POST", NOTES, note);
            HttpResponse<byte[]> bulk = api.exchangeJson("POST", NOTES + "/bulk", items);

            assertThat(position(api.exchangeJson("POST", NOTES, note))).isEqualTo(position(made));
            assertThat(socket.next().seq()).isEqualTo(Long.parseLong(position(made)));
            assertThat(socket.next().seq()).isEqualTo(Long.parseLong(position(bulk)));
        }
        assertThat(position(api.exchangeJson("PUT", NOTES + "/no-such-row", "{\"title\":\"x\"}")))
                .isEmpty();
    }

    @Test
    @Tag("CFS28")
    @DisplayName("[CFS28] a quiet client learns its position after the backlog and with its ping, if it asks for it")
    void positionsOfSockets() {
        String before = position(api.exchangeJson("POST", NOTES, "{\"title\":\"before\"}"));
        String path = "default?positions=all&cursor=" + before;
        try (BroadcastSocket socket = BroadcastSocket.on(application, path);
                BroadcastSocket plain = BroadcastSocket.on(application, "default?cursor=" + before)) {
            assertThat(socket.next().type()).isEqualTo("sync-init");
            assertThat(plain.next().type()).isEqualTo("sync-init");
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"position\",\"seq\":" + before + "}");

            String elsewhere = elsewhere();
            assertThat(afterPings(socket)).isEqualTo("{\"type\":\"position\",\"seq\":" + elsewhere + "}");
            plain.send("ping");
            assertThat(plain.next().text()).isEqualTo("pong");
            String after = position(api.exchangeJson("POST", NOTES, "{\"title\":\"after\"}"));
            assertThat(plain.next().seq()).isEqualTo(Long.parseLong(after));
            assertThat(frameAt(socket, after).type()).isEqualTo("broadcast");
        }
    }

    /** The first frame besides answers to pings. A ping may arrive before the commit is delivered, so there are several. */
    private static String afterPings(BroadcastSocket socket) {
        socket.send("ping");
        String frame = socket.next().text();
        for (int pings = 1; frame.equals("pong") && pings < PINGS_MAX; pings++) {
            socket.send("ping");
            frame = socket.next().text();
        }
        return frame;
    }

    /** The position of a commit of another application. */
    private String elsewhere() {
        return position(editor.api()
                .exchangeJson(
                        "POST",
                        "/api/project:demo-project/todos",
                        "{\"title\":\"elsewhere\",\"scope\":\"demo-project\"}"));
    }

    @Test
    @Tag("CFS29")
    @DisplayName("[CFS29] changes of several collections are one commit with one position, and take effect once")
    void mutations() {
        String gone = madeId("goes");
        String body = mutation(
                change("todos", "insert", "\"data\":{\"title\":\"todo\"}"),
                change("notes", "insert", "\"data\":{\"title\":\"note\"}"),
                change("notes", "delete", "\"id\":\"" + gone + "\""),
                change("notes", "update", "\"id\":\"no-such-row\",\"data\":{\"title\":\"x\"}"));
        try (BroadcastSocket socket = BroadcastSocket.on(application, "default")) {
            assertThat(socket.next().type()).isEqualTo("sync-init");
            HttpResponse<byte[]> sent = api.exchangeJson("POST", MUTATIONS, body);
            Answer repeated = api.post(MUTATIONS, body);

            assertThat(sent.statusCode()).isEqualTo(200);
            JsonObject answer = repeated.json();
            assertThat(new String(sent.body(), StandardCharsets.UTF_8)).isEqualTo(repeated.body());
            assertThat(answer.getJsonNumber("seq")).hasToString(position(sent));
            assertThat(answer.getJsonArray("data").getJsonObject(0).getString("title"))
                    .isEqualTo("todo");
            assertThat(answer.getJsonArray("data").getJsonObject(2)).hasToString("{\"id\":\"" + gone + "\"}");
            assertThat(answer.getJsonArray("data").isNull(3)).isTrue();

            List<Frame> frames = List.of(socket.next(), socket.next(), socket.next());
            assertThat(frames).extracting(Frame::collection).containsExactly("todos", "notes", "notes");
            assertThat(frames).extracting(Frame::action).containsExactly("bulk-insert", "bulk-insert", "bulk-delete");
            assertThat(frames).allMatch(frame -> String.valueOf(frame.seq()).equals(position(sent)));
        }
    }

    @Test
    @Tag("CFS29")
    @Tag("CFS2")
    @DisplayName("[CFS29][CFS2] one refused change refuses all, and is named by its index")
    void refusals() {
        String kept = madeId("kept");
        String delete = change("notes", "delete", "\"id\":\"" + kept + "\"");
        Answer invalid = api.post(MUTATIONS, mutation(delete, change("todos", "insert", "\"data\":{\"title\":5}")));
        Answer unknown = api.post(MUTATIONS, mutation(delete, change("tods", "delete", "\"id\":\"x\"")));

        assertThat(invalid.status()).isEqualTo(400);
        assertThat(invalid.body()).contains("\"code\":\"VALIDATION_ERROR\"").contains("\"path\":[\"1\",\"title\"]");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body())
                .isEqualTo("{\"error\":{\"message\":\"Collection 'tods' not found\",\"code\":\"UNKNOWN_COLLECTION\","
                        + "\"issues\":[{\"message\":\"Collection 'tods' not found\",\"path\":[\"1\"]}]}}");
        assertThat(api.get(NOTES).body()).contains(kept);
        String tooMany =
                mutation(IntStream.rangeClosed(0, 100).mapToObj(i -> delete).toArray(String[]::new));
        assertThat(api.post(MUTATIONS, tooMany).message())
                .isEqualTo("changes: expected 1 to 100 elements, received 101");
        assertThat(api.get(MUTATIONS).status()).isEqualTo(404);
    }

    @Test
    @Tag("ACC26")
    @DisplayName("[ACC26] each change is authorized: an editor's delete beside an insert is refused with its index")
    void authorized() {
        String path = "/api/project:demo-project/mutations";
        String insert = change("todos", "insert", "\"data\":{\"title\":\"t\",\"scope\":\"demo-project\"}");
        Answer made = editor.api().post(path, mutation(insert));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        String id = made.json().getJsonArray("data").getJsonObject(0).getString("id");

        Answer refused = editor.api().post(path, mutation(insert, change("todos", "delete", "\"id\":\"" + id + "\"")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("Forbidden: delete on collection \"todos\"");
        assertThat(refused.body()).contains("\"path\":[\"1\"]");
        assertThat(editor.api()
                        .post("/api/project:other/mutations", mutation(insert))
                        .status())
                .isEqualTo(403);
    }

    @Test
    @Tag("CFS29")
    @DisplayName("[CFS29] a hundred changes are one commit")
    void hundred() {
        String[] changes = IntStream.range(0, 100)
                .mapToObj(i -> change(i % 2 == 0 ? "todos" : "notes", "insert", "\"data\":{\"title\":\"" + i + "\"}"))
                .toArray(String[]::new);
        Answer answer = api.post(MUTATIONS, mutation(changes));

        assertThat(answer.json().getJsonArray("data").stream()
                        .map(row -> row.asJsonObject().getString("title"))
                        .collect(Collectors.joining(",")))
                .isEqualTo(IntStream.range(0, 100).mapToObj(String::valueOf).collect(Collectors.joining(",")));
    }
}
