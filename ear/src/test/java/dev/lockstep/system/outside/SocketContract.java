package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames of the broadcast socket. The room is single-tenant: every socket of the application is in it. */
abstract class SocketContract {
    private static final String TODOS = "/api/default/todos";
    private static final String BULK = TODOS + "/bulk";
    private static final int BULK_ROWS_MAX = 100;

    private final URI application;
    private final Api api;
    private BroadcastSocket socket;
    private long todos;
    private long notes;

    SocketContract(Server server) {
        application = server.application("todo-app");
        api = new Api(application);
    }

    @BeforeEach
    void open() {
        socket = BroadcastSocket.on(application, "default?_pk=" + UUID.randomUUID());
        Frame init = socket.next();
        assertThat(init.type()).isEqualTo("sync-init");
        assertThat(init.json().keySet()).containsExactly("type", "counters");
        todos = init.counter("todos");
        notes = init.counter("notes");
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    @Tag("CFS6")
    @DisplayName("[CFS6] every broadcast has the next id of its collection, and each collection counts alone")
    void numbers() {
        String id = todo("counted");
        api.put(TODOS + "/" + id, "{\"completed\":true}");
        api.post("/api/default/notes", "{\"title\":\"counted elsewhere\"}");
        api.delete(TODOS + "/" + id);

        assertThat(socket.next().broadcastId()).isEqualTo(todos + 1);
        assertThat(socket.next().broadcastId()).isEqualTo(todos + 2);
        assertThat(socket.next().broadcastId()).isEqualTo(notes + 1);
        assertThat(socket.next().broadcastId()).isEqualTo(todos + 3);
    }

    @Test
    @Tag("CFS6")
    @DisplayName("[CFS6] a later socket begins at the numbers that the earlier one has reached")
    void laterSocket() {
        todo("before the second socket");
        long reached = socket.next().broadcastId();

        try (BroadcastSocket later = BroadcastSocket.on(application, "default")) {
            assertThat(later.next().counter("todos")).isEqualTo(reached);
        }
    }

    @Test
    @Tag("CFS7")
    @DisplayName("[CFS7] a broadcast shows the row as the answer does, with mutation id and scope if present")
    void insertFrame() {
        String mutation = UUID.randomUUID().toString();
        Answer answer =
                api.post(TODOS, "{\"title\":\"D\",\"scope\":\"s1\",\"_clientMutationId\":\"" + mutation + "\"}");

        assertThat(socket.next().withoutPosition())
                .isEqualTo("{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"insert\",\"payload\":"
                        + answer.rowText() + ",\"broadcastId\":" + (todos + 1) + ",\"clientMutationId\":\"" + mutation
                        + "\",\"scope\":\"s1\"}");
    }

    @Test
    @Tag("CFS7")
    @DisplayName("[CFS7] a broadcast omits mutation id and scope where there are none")
    void bareFrames() {
        Answer inserted = api.post(TODOS, "{\"title\":\"C\",\"scope\":\"\"}");
        String id = inserted.row().getString("id");
        Answer updated = api.put(TODOS + "/" + id, "{\"title\":\"C2\"}");
        api.delete(TODOS + "/" + id);

        assertThat(socket.next().withoutPosition()).isEqualTo(broadcast("insert", inserted.rowText(), todos + 1));
        assertThat(socket.next().withoutPosition()).isEqualTo(broadcast("update", updated.rowText(), todos + 2));
        assertThat(socket.next().withoutPosition())
                .isEqualTo(broadcast("delete", "{\"id\":\"" + id + "\"}", todos + 3));
    }

    @Test
    @Tag("CFS7")
    @DisplayName("[CFS7] a mutation of many rows is one frame, in order of its items, also with a single row")
    void bulkFrames() {
        Answer inserted = api.post(BULK, "{\"items\":[{\"title\":\"b1\"},{\"title\":\"b2\"}]}");
        String first = inserted.rows().getJsonObject(0).getString("id");
        String second = inserted.rows().getJsonObject(1).getString("id");
        Answer updated = api.put(BULK, "{\"items\":[{\"id\":\"" + first + "\",\"data\":{\"title\":\"b1x\"}}]}");
        api.delete(BULK, "{\"ids\":[\"" + second + "\",\"" + first + "\"]}");

        assertThat(socket.next().withoutPosition()).isEqualTo(broadcast("bulk-insert", inserted.rowText(), todos + 1));
        assertThat(socket.next().withoutPosition()).isEqualTo(broadcast("bulk-update", updated.rowText(), todos + 2));
        assertThat(socket.next().withoutPosition())
                .isEqualTo(broadcast("bulk-delete", "{\"ids\":[\"" + second + "\",\"" + first + "\"]}", todos + 3));
    }

    @Test
    @Tag("MUT4")
    @DisplayName("[MUT4] a change without effect sends nothing, and takes no number")
    void changeWithoutEffect() {
        api.put(TODOS + "/no-such-row", "{\"title\":\"x\"}");
        api.delete(TODOS + "/no-such-row");
        api.put(BULK, "{\"items\":[{\"id\":\"no-such-row\",\"data\":{\"title\":\"x\"}}]}");
        api.delete(BULK, "{\"ids\":[\"no-such-row\"]}");
        api.post(TODOS, "{\"title\":5}");
        String id = todo("the only news");

        Frame next = socket.next();
        assertThat(next.broadcastId()).isEqualTo(todos + 1);
        assertThat(next.json().getJsonObject("payload").getString("id")).isEqualTo(id);
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a mutation that is sent twice is broadcast once")
    void sentTwice() {
        String body = "{\"title\":\"once\",\"_clientMutationId\":\"" + UUID.randomUUID() + "\"}";
        api.post(TODOS, body);
        api.post(TODOS, body);
        todo("after it");

        assertThat(socket.next().text()).contains("\"once\"");
        assertThat(socket.next().text()).contains("\"after it\"");
    }

    @Test
    @Tag("CFS9")
    @DisplayName("[CFS9] a client's message is ignored")
    void clientFrames() {
        socket.send("{\"type\":\"broadcast\",\"collection\":\"todos\"}");
        socket.send("x".repeat(300_000));
        socket.send(new byte[] {1, 2, 3});

        String id = todo("still open");

        assertThat(socket.next().json().getJsonObject("payload").getString("id"))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "default?cursor=0", "default?scopes=all"})
    @Tag("CFS22")
    @Tag("CC1")
    @DisplayName("[CFS22][CC1] the text ping is answered by the text pong; other texts are not answered")
    void heartbeat(String room) {
        todo("an action for the cursor");
        try (BroadcastSocket idle = BroadcastSocket.on(application, room)) {
            for (String other : List.of("PING", " ping", "ping\n", "pong", "\"ping\"", "{\"type\":\"ping\"}", "")) {
                idle.send(other);
            }
            idle.send("ping".getBytes(StandardCharsets.UTF_8));
            idle.send("ping");
            idle.send("ping");

            assertThat(textsUntilPong(idle)).allMatch(text -> text.startsWith("{\"type\":"));
            assertThat(textsUntilPong(idle)).allMatch(text -> text.startsWith("{\"type\":"));
        }
    }

    /** The frames before the next pong. */
    private static List<String> textsUntilPong(BroadcastSocket from) {
        List<String> others = new ArrayList<>();
        for (String text = from.next().text();
                !text.equals("pong");
                text = from.next().text()) {
            others.add(text);
        }
        return others;
    }

    @Test
    @Tag("CFS9")
    @DisplayName("[CFS9] a frame of 20 MB, text or binary, is ignored")
    void hugeFrames() {
        socket.send("x".repeat(20_000_000));
        socket.send(new byte[20_000_000]);

        todo("still open");

        assertThat(socket.next().text()).contains("still open");
    }

    @Test
    @Tag("CFS11")
    @DisplayName("[CFS11] a socket with a cursor receives its backlog, then live commits, without gap or repeat")
    void cursor() {
        todo("seen");
        Frame seen = socket.next();
        todo("missed");
        api.post(BULK, "{\"items\":[{\"title\":\"missed, too\"},{\"title\":\"and this\"}]}");

        try (BroadcastSocket back = BroadcastSocket.on(application, "default?cursor=" + seen.seq())) {
            Frame init = back.next();
            todo("live");
            socket.next();

            assertThat(init.type()).isEqualTo("sync-init");
            assertThat(init.seq()).isGreaterThanOrEqualTo(seen.seq() + 3);
            assertThat(back.next().text()).contains("\"missed\"");
            assertThat(back.next()).isEqualTo(socket.next());
            assertThat(back.next()).isEqualTo(socket.next());
        }
    }

    @Test
    @Tag("CFS11")
    @DisplayName("[CFS11] a socket with an unknown cursor receives a notice, and continues from its beginning")
    void cursorAhead() {
        try (BroadcastSocket back = BroadcastSocket.on(application, "default?cursor=999999999")) {
            Frame init = back.next();
            Frame needed = back.next();
            todo("live");

            assertThat(needed.type()).isEqualTo("bootstrap-needed");
            assertThat(needed.seq()).isEqualTo(init.seq());
            assertThat(back.next().seq()).isGreaterThan(init.seq());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5", "1&cursor=2", "99999999999999999999", "0x1"})
    @Tag("CFS11")
    @DisplayName("[CFS11] a cursor that is no position closes the socket with 1008")
    void badCursor(String cursor) {
        try (BroadcastSocket refused = BroadcastSocket.on(application, "default?cursor=" + cursor)) {
            assertThat(refused.closed().code()).isEqualTo(1008);
        }
    }

    @Test
    @Tag("CFS11")
    @DisplayName("[CFS11] sockets that return with a cursor while eight clients write miss nothing, and receive "
            + "nothing twice")
    void comingBackWhileOthersWrite() {
        int writers = 8;
        int writesEach = 40;
        todo("seen");
        Frame seen = socket.next();
        List<BroadcastSocket> back = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<CompletableFuture<Void>> writing = IntStream.range(0, writers)
                    .mapToObj(writer -> CompletableFuture.runAsync(() -> write(writer, writesEach), threads))
                    .toList();
            CompletableFuture<Void> all = CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new));
            while (!all.isDone() && back.size() < 30) {
                back.add(BroadcastSocket.on(application, "default?cursor=" + seen.seq()));
            }
            all.join();

            assertThat(back).isNotEmpty();
            long last = seen.broadcastId() + (long) writers * writesEach;
            back.forEach(each -> {
                assertThat(each.next().type()).isEqualTo("sync-init");
                assertFollows(seen.broadcastId(), last, each);
            });
        } finally {
            back.forEach(BroadcastSocket::close);
        }
    }

    @Test
    @Tag("CFS6")
    @DisplayName(
            "[CFS6] the party's name and the client's key have no effect; two sockets with one key both receive frames")
    void partyAndKey() {
        try (BroadcastSocket one = BroadcastSocket.at(application, "/parties/foo/default?_pk=same");
                BroadcastSocket two = BroadcastSocket.at(application, "/parties/main/default?_pk=same")) {
            assertThat(one.next().counter("todos")).isEqualTo(todos);
            assertThat(two.next().counter("todos")).isEqualTo(todos);
            todo("for all");

            assertThat(one.next()).isEqualTo(two.next());
        }
    }

    @Test
    @Tag("COL11")
    @DisplayName("[COL11] another application's socket does not receive the frame")
    void otherApplication() {
        try (BroadcastSocket other =
                BroadcastSocket.on(URI.create(application.toString().replace("todo-app", "bulk-todo")), "default")) {
            Frame init = other.next();
            todo("for todo-app alone");
            socket.next();
            Api bulkTodo = new Api(URI.create(application.toString().replace("todo-app", "bulk-todo")));
            bulkTodo.post(TODOS, "{\"title\":\"for bulk-todo\"}");

            Frame first = other.next();
            assertThat(first.broadcastId()).isEqualTo(init.counter("todos") + 1);
            assertThat(first.text()).contains("for bulk-todo");
        }
    }

    @Test
    @Tag("ROOM1")
    @DisplayName("[ROOM1] sockets that join while eight clients write miss nothing and receive nothing twice")
    void joiningWhileOthersWrite() {
        int writers = 8;
        int writesEach = 60;
        List<BroadcastSocket> joined = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<CompletableFuture<Void>> writing = IntStream.range(0, writers)
                    .mapToObj(writer -> CompletableFuture.runAsync(() -> write(writer, writesEach), threads))
                    .toList();
            CompletableFuture<Void> all = CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new));
            while (!all.isDone() && joined.size() < 100) {
                joined.add(BroadcastSocket.on(application, "default"));
            }
            all.join();

            long last = todos + (long) writers * writesEach;
            assertThat(joined).isNotEmpty();
            joined.forEach(each -> assertCountsTo(last, each, each.next().counter("todos")));
            assertCountsTo(last, socket, todos);
        } finally {
            joined.forEach(BroadcastSocket::close);
        }
    }

    private void write(int writer, int count) {
        for (int i = 0; i < count; i++) {
            Answer answer = api.post(TODOS, "{\"title\":\"writer " + writer + ", row " + i + "\"}");
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    private static void assertCountsTo(long last, BroadcastSocket socket, long begin) {
        assertThat(begin).isLessThanOrEqualTo(last);
        assertFollows(begin, last, socket);
    }

    private static void assertFollows(long begin, long last, BroadcastSocket socket) {
        for (long expected = begin + 1; expected <= last; expected++) {
            assertThat(socket.next().broadcastId()).isEqualTo(expected);
        }
        assertThat(socket.unread()).isZero();
    }

    private String todo(String title) {
        return api.post(TODOS, "{\"title\":\"" + title + "\"}").row().getString("id");
    }

    private static String broadcast(String action, String payload, long number) {
        return "{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"" + action + "\",\"payload\":" + payload
                + ",\"broadcastId\":" + number + "}";
    }

    /** Every test of this server leaves some rows, and all of them in one request would be too many. */
    private void removeAllTodos() {
        List<JsonObject> rows = api.get(TODOS).json().getJsonArray("todos").getValuesAs(JsonObject.class);
        for (int from = 0; from < rows.size(); from += BULK_ROWS_MAX) {
            String ids = rows.subList(from, Math.min(rows.size(), from + BULK_ROWS_MAX)).stream()
                    .map(row -> "\"" + row.getString("id") + "\"")
                    .collect(Collectors.joining(","));
            assertThat(api.delete(BULK, "{\"ids\":[" + ids + "]}").status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("APP7")
    @DisplayName("[APP7] an application's own endpoint completes every todo, and is sent in one broadcast")
    void completesAll() {
        removeAllTodos();
        List.of("a", "b", "c").forEach(this::todo);
        try (BroadcastSocket after = BroadcastSocket.on(application, "default")) {
            long counted = after.next().counter("todos");

            Answer answer = api.post("/api/complete-all", "{}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonArray todos = answer.json().getJsonArray("updatedTodos");
            assertThat(todos.getValuesAs(JsonObject.class))
                    .hasSize(3)
                    .allMatch(todo -> todo.getBoolean("completed"))
                    .containsExactlyInAnyOrderElementsOf(
                            api.get(TODOS).json().getJsonArray("todos").getValuesAs(JsonObject.class));

            Frame received = after.next();
            assertThat(received.action()).isEqualTo("bulk-update");
            assertThat(received.broadcastId()).isEqualTo(counted + 1);
            assertThat(received.json().getJsonArray("payload")).isEqualTo(todos);
            assertThat(received.json()).doesNotContainKeys("clientMutationId", "scope");
            assertThat(after.unread()).isZero();
        }
    }
}
