package dev.lockstep.system.outside;

import static dev.lockstep.system.channels.SessionCookies.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.channels.SessionCookies;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The channels of svelte-todos, frame by frame, for clients 1.x and clients since 2.0. */
abstract class ChannelsContract {
    /** The server's secret of session cookies. */
    static final String SECRET = SessionCookies.SECRET;

    private static final String PATH = "/api/sync";
    private static final int MANY = 300;

    private final URI application;
    private final URI origin;

    ChannelsContract(Server server) {
        application = server.application("svelte-todos");
        origin = application.resolve("/");
    }

    private static String any() {
        return UUID.randomUUID().toString();
    }

    private BroadcastSocket open(String... headers) {
        return BroadcastSocket.at(application, PATH, headers);
    }

    private String[] cookie(String claims) {
        return SessionCookies.headers(application, token(claims, SECRET)).toArray(String[]::new);
    }

    private static void subscribe(BroadcastSocket socket, String channel) {
        socket.send("{\"type\":\"subscribe\",\"channel\":\"" + channel + "\"}");
    }

    /** The rows of a snapshot for a client 1.x, with all its pages. */
    private static List<String> rows(Frame snapshot) {
        return snapshot.json().getJsonArray("data").stream()
                .map(row -> row.asJsonObject().getString("id"))
                .toList();
    }

    /** The rows of a batch. */
    private static List<String> added(Frame batch) {
        return batch.json().getJsonArray("changes").stream()
                .map(JsonValue::asJsonObject)
                .filter(change -> change.containsKey("data"))
                .map(change -> change.getJsonObject("data").getString("id"))
                .toList();
    }

    private static String mutation(String id, String action, String key, String data) {
        return "{\"type\":\"mutate\",\"id\":\"" + id + "\",\"channel\":\"todos\",\"action\":\"" + action
                + "\",\"key\":\"" + key + "\"" + (data.isEmpty() ? "" : ",\"data\":" + data) + "}";
    }

    private static String versioned(String message) {
        return "{\"v\":1," + message.substring(1);
    }

    private static String deleted(String key) {
        return "{\"type\":\"change\",\"channel\":\"todos\",\"action\":\"delete\",\"key\":\"" + key
                + "\",\"data\":{\"updatedAt\":\"9999-12-31T23:59:59.999Z\"}}";
    }

    private static String todo(String id, String title) {
        return "{\"id\":\"" + id + "\",\"title\":\"" + title + "\",\"completed\":false}";
    }

    /** Inserts a todo and returns its stamp. */
    private String insert(String key) {
        try (BroadcastSocket socket = open()) {
            socket.send(mutation(any(), "create", key, todo(key, "t")));
            return socket.next().json().getJsonObject("data").getString("updatedAt");
        }
    }

    private void delete(String key) {
        try (BroadcastSocket socket = open()) {
            socket.send(mutation(any(), "delete", key, ""));
            assertThat(socket.next().type()).isEqualTo("ack");
        }
    }

    @Test
    @Tag("CH1")
    @DisplayName("[CH1] the path of the socket answers 426 to other requests; the paths beside it are others")
    void upgradeRequired() {
        assertThat(new Api(application).get(PATH).status()).isEqualTo(426);
        assertThat(new Api(application).get("/rest/developer/todos").status()).isEqualTo(200);
    }

    @Test
    @Tag("CH1")
    @DisplayName("[CH1] an application without channels closes such a socket")
    void notSpoken() {
        try (BroadcastSocket socket = BroadcastSocket.at(origin.resolve("/todo-app"), PATH)) {
            assertThat(socket.closed().code()).isEqualTo(1008);
        }
    }

    @Test
    @Tag("CH2")
    @Tag("CH9")
    @DisplayName(
            "[CH2][CH9] clients of both generations and of the native dialect see each other's todos, authors included")
    void generations() {
        String first = any();
        String second = any();
        try (BroadcastSocket older = open();
                BroadcastSocket newer = open()) {
            subscribe(older, "todos");
            older.next();
            newer.send("{\"v\":1,\"type\":\"subscribe\",\"requestId\":\"s\",\"channel\":\"todos\",\"forceFull\":true}");
            assertThat(newer.next().json().getString("mode")).isEqualTo("full");

            older.send(mutation("m-" + first, "create", first, todo(first, "one")));
            assertThat(older.next().text()).startsWith("{\"type\":\"ack\",\"id\":\"m-" + first + "\",\"data\":{");
            assertThat(older.next().text())
                    .startsWith("{\"type\":\"change\",\"channel\":\"todos\",\"action\":\"create\",\"key\":\"" + first
                            + "\",\"data\":{")
                    .endsWith(",\"mutationId\":\"m-" + first + "\"}");
            assertThat(newer.next().text())
                    .startsWith("{\"type\":\"change\",\"channel\":\"todos\",\"change\":{\"kind\":\"full\",\"key\":\""
                            + first);

            newer.send(versioned(mutation("m-" + second, "create", second, todo(second, "two"))));
            assertThat(newer.next().type()).isEqualTo("ack");
            assertThat(newer.next().type()).isEqualTo("change");
            assertThat(older.next().json().getString("key")).isEqualTo(second);

            new Api(application).delete("/rest/developer/todos/" + second);
            assertThat(older.next().text()).isEqualTo(deleted(second));
            assertThat(newer.next().text()).contains("\"change\":{\"kind\":\"delete\",\"key\":\"" + second + "\"}");
        }
    }

    @Test
    @Tag("CH9")
    @DisplayName(
            "[CH9] a refusal is answered by its id; an update of a missing row is followed by its delete; a repeat gets "
                    + "the first answer, with the row as it is; a create of an existing row is an update")
    void answers() {
        String key = any();
        try (BroadcastSocket socket = open()) {
            socket.send(mutation("f-" + key, "create", key, todo(key, "forbidden")));
            assertThat(socket.next().text())
                    .startsWith("{\"type\":\"reject\",\"id\":\"f-" + key + "\",\"error\":\"title: ");
            socket.send(mutation("u-" + key, "update", key, "{\"title\":\"x\"}"));
            assertThat(socket.next().type()).isEqualTo("reject");
            assertThat(socket.next().text()).isEqualTo(deleted(key));
            socket.send(mutation("c-" + key, "create", key, todo(key, "one")));
            assertThat(socket.next().json().getJsonObject("data").getString("title"))
                    .isEqualTo("one");
            socket.send(mutation("e-" + key, "create", key, todo(key, "two")));
            assertThat(socket.next().json().getJsonObject("data").getString("title"))
                    .isEqualTo("two");
            socket.send(mutation("c-" + key, "create", key, todo(key, "one")));
            JsonObject repeated = socket.next().json();
            assertThat(repeated.getString("id")).isEqualTo("c-" + key);
            assertThat(repeated.getJsonObject("data").getString("title")).isEqualTo("two");
            socket.send(mutation("d-" + key, "delete", key, ""));
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"ack\",\"id\":\"d-" + key + "\"}");
        }
    }

    @Test
    @Tag("CH9")
    @DisplayName(
            "[CH9] 1.x keeps no deleted row: an invalid update of one is followed by the delete, a repeated create of one has "
                    + "the delete before an answer without the row")
    void noGhosts() {
        String key = any();
        String deleted = deleted(key);
        try (BroadcastSocket socket = open()) {
            socket.send(mutation("c-" + key, "create", key, todo(key, "one")));
            assertThat(socket.next().type()).isEqualTo("ack");
            socket.send(mutation("d-" + key, "delete", key, ""));
            assertThat(socket.next().type()).isEqualTo("ack");

            socket.send(mutation("j-" + key, "update", key, "{\"title\":\"forbidden\"}"));
            assertThat(socket.next().type()).isEqualTo("reject");
            assertThat(socket.next().text()).isEqualTo(deleted);
            socket.send(mutation("c-" + key, "create", key, todo(key, "one")));
            assertThat(socket.next().text()).isEqualTo(deleted);
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"ack\",\"id\":\"c-" + key + "\"}");
        }
    }

    @Test
    @Tag("CH9")
    @DisplayName(
            "[CH9] a refusal is followed by the row as it is, for 1.x, whose client has restored the row of before; a refused "
                    + "create of no row by nothing")
    void restored() {
        String key = any();
        insert(key);
        try (BroadcastSocket socket = open()) {
            subscribe(socket, "todos");
            assertThat(socket.next().type()).isEqualTo("snapshot");
            try (BroadcastSocket other = open()) {
                other.send(mutation(any(), "update", key, "{\"title\":\"of another\"}"));
                assertThat(other.next().type()).isEqualTo("ack");
            }
            assertThat(nextOf(socket, key).type()).isEqualTo("change");
            for (String action : List.of("update", "update", "create")) {
                socket.send(mutation("f-" + action + key, action, key, todo(key, "forbidden")));
                assertThat(nextOf(socket, key).text())
                        .startsWith("{\"type\":\"reject\",\"id\":\"f-" + action + key + "\"");
                assertThat(nextOf(socket, key).text())
                        .startsWith("{\"type\":\"change\",\"channel\":\"todos\",\"action\":\"update\",\"key\":\"" + key
                                + "\",\"data\":{\"id\":\"" + key + "\",\"title\":\"of another\"");
            }
            String none = "none-" + key;
            socket.send(mutation("f-" + none, "create", none, todo(none, "forbidden")));
            assertThat(nextOf(socket, key).type()).isEqualTo("reject");
            socket.send(mutation("g-" + none, "create", none, todo(none, "allowed")));
            assertThat(nextOf(socket, key).type()).isEqualTo("ack");
        }
    }

    /** The next frame with a text, such as the id of a row; others may change rows at the same time. */
    private static Frame nextOf(BroadcastSocket socket, String key) {
        Frame next = socket.next();
        while (!next.text().contains(key)) {
            next = socket.next();
        }
        return next;
    }

    @Test
    @Tag("CH9")
    @DisplayName(
            "[CH9] a refused update in a room that the user may not read is answered with its delete; the socket stays open")
    void unreadable() {
        try (BroadcastSocket socket = open()) {
            socket.send(
                    "{\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"notes:someone\",\"action\":\"update\",\"key\":\"k\","
                            + "\"data\":{\"text\":\"t\"}}");
            assertThat(socket.next().text()).startsWith("{\"type\":\"reject\",\"id\":\"m\",\"error\":\"Forbidden");
            assertThat(socket.next().text()).isEqualTo(deleted("k").replace("todos", "notes:someone"));
            socket.send("{\"type\":\"ping\"}");
            assertThat(socket.next().text()).isEqualTo("pong");
        }
    }

    @Test
    @Tag("CH7")
    @DisplayName("[CH7] a client 1.x that was away receives what has changed since its stamp, and a batch of deletes")
    void delta() {
        String before = any();
        String gone = any();
        insert(gone);
        String since = insert(before);
        delete(gone);
        String after = any();
        insert(after);
        try (BroadcastSocket socket = open()) {
            socket.send("{\"type\":\"subscribe\",\"channel\":\"todos\",\"since\":\"" + since + "\"}");
            Frame snapshot = socket.next();
            assertThat(snapshot.text())
                    .isEqualTo("{\"type\":\"snapshot\",\"channel\":\"todos\",\"data\":[],\"isDelta\":true}");
            Frame rows = socket.next();
            assertThat(rows.text())
                    .startsWith(
                            "{\"type\":\"batch\",\"channel\":\"todos\",\"changes\":[{\"action\":\"update\",\"data\":{\"id\":\"");
            assertThat(added(rows)).contains(before, after).doesNotContain(gone);
            assertThat(socket.next().text())
                    .contains("{\"action\":\"delete\",\"key\":\"" + gone + "\"}")
                    .startsWith("{\"type\":\"batch\",\"channel\":\"todos\",\"changes\":[");
        }
    }

    @Test
    @Tag("CH7")
    @DisplayName(
            "[CH7] the rows of a snapshot are in the order of their stamps, so that a client that has a part can continue")
    void stampOrder() {
        String changed = any();
        String other = any();
        insert(changed);
        insert(other);
        try (BroadcastSocket socket = open()) {
            socket.send(mutation(any(), "update", changed, "{\"title\":\"changed last\"}"));
            assertThat(socket.next().type()).isEqualTo("ack");
            subscribe(socket, "todos");

            assertThat(rows(socket.next())).containsSubsequence(other, changed);
        }
    }

    @Test
    @Tag("CH7")
    @DisplayName("[CH7] a stamp that the server did not give is no position: all rows arrive, and all deletes")
    void foreignStamp() {
        String before = any();
        insert(before);
        String gone = any();
        insert(gone);
        delete(gone);
        try (BroadcastSocket socket = open()) {
            socket.send("{\"type\":\"subscribe\",\"channel\":\"todos\",\"since\":\"2126-01-01T00:00:00.000Z\"}");
            Frame snapshot = socket.next();
            assertThat(snapshot.json().getBoolean("isDelta")).isTrue();
            List<String> rows = new ArrayList<>();
            List<String> frames = new ArrayList<>();
            while (!rows.contains(before) || !String.join("", frames).contains(gone)) {
                Frame next = socket.next();
                frames.add(next.text());
                rows.addAll(added(next));
            }
            assertThat(rows).doesNotContain(gone);
            assertThat(String.join("", frames)).contains("{\"action\":\"delete\",\"key\":\"" + gone + "\"}");
        }
    }

    @Test
    @Tag("CH10")
    @DisplayName(
            "[CH10] a client whose clock is an hour ahead is shown no earlier stamp than its own; others see the server's")
    void fastClock() {
        String key = any();
        Instant ahead = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        try (BroadcastSocket fast = open();
                BroadcastSocket other = open()) {
            subscribe(fast, "todos");
            fast.next();
            subscribe(other, "todos");
            other.next();
            fast.send(mutation(
                    any(), "create", key, "{\"id\":\"" + key + "\",\"title\":\"t\",\"updatedAt\":\"" + ahead + "\"}"));
            Instant acknowledged =
                    Instant.parse(fast.next().json().getJsonObject("data").getString("updatedAt"));
            assertThat(acknowledged).isEqualTo(ahead);
            fast.next();
            assertThat(Instant.parse(other.next().json().getJsonObject("data").getString("updatedAt")))
                    .isBefore(ahead);
            other.send(mutation(any(), "update", key, "{\"title\":\"seen\"}"));
            JsonObject shown = fast.next().json().getJsonObject("data");
            assertThat(shown.getString("title")).isEqualTo("seen");
            assertThat(Instant.parse(shown.getString("updatedAt"))).isEqualTo(ahead);
        }
    }

    @Test
    @Tag("CH8")
    @DisplayName(
            "[CH8] a client since 2.0 loads a channel in pages, and continues from its cursor with rows and deletes")
    void pages() {
        String user = "pages-" + any();
        String[] cookie = cookie("{\"user\":{\"id\":\"" + user + "\"}}");
        String text = "x".repeat(1900);
        List<String> keys = new ArrayList<>();
        String channel = "notes:" + user;
        try (BroadcastSocket socket = open(cookie)) {
            for (int i = 0; i < MANY; i++) {
                String key = any();
                keys.add(key);
                socket.send("{\"v\":1,\"type\":\"mutate\",\"id\":\"" + key + "\",\"channel\":\"" + channel
                        + "\",\"action\":\"create\",\"data\":{\"id\":\"" + key + "\",\"text\":\"" + text + "\"}}");
            }
            for (String key : keys) {
                assertThat(socket.next().text()).startsWith("{\"type\":\"ack\",\"id\":\"" + key + "\"");
            }
            String ask = "{\"v\":1,\"type\":\"subscribe\",\"requestId\":\"p\",\"channel\":\"" + channel + "\"";
            socket.send(ask + "}");
            JsonObject page = socket.next().json();
            assertThat(page.getString("mode")).isEqualTo("full");
            List<String> loaded = new ArrayList<>();
            int pages = 1;
            String later = changeWhileLoading(socket, channel, keys.getLast(), cookie);
            while (page.getBoolean("hasMore", false)) {
                add(loaded, page);
                socket.send(ask + ",\"cursor\":" + page.get("cursor") + ",\"viewVersion\":" + page.get("viewVersion")
                        + "}");
                JsonObject next = socket.next().json();
                assertThat(next.getString("mode")).isEqualTo("delta");
                assertThat(next.getJsonNumber("cursor").longValue())
                        .isGreaterThan(page.getJsonNumber("cursor").longValue());
                page = next;
                pages++;
            }
            add(loaded, page);
            assertThat(socket.next().text()).startsWith("{\"type\":\"ack\",\"id\":\"" + later + "\"");
            JsonValue cursor = socket.next().json().get("cursor");
            assertThat(pages).isGreaterThan(1);
            assertThat(loaded).containsExactlyInAnyOrderElementsOf(keys);

            String gone = keys.getFirst();
            socket.send("{\"v\":1,\"type\":\"unsubscribe\",\"channel\":\"" + channel + "\"}");
            socket.send("{\"v\":1,\"type\":\"mutate\",\"id\":\"" + any() + "\",\"channel\":\"" + channel
                    + "\",\"action\":\"delete\",\"key\":\"" + gone + "\"}");
            assertThat(socket.next().type()).isEqualTo("ack");
            socket.send(ask + ",\"cursor\":" + cursor + ",\"viewVersion\":" + page.get("viewVersion") + "}");
            assertThat(socket.next().text())
                    .contains("\"mode\":\"delta\",\"rows\":[],\"events\":[{\"kind\":\"delete\",\"key\":\"" + gone
                            + "\"}]");
            // A client that lacks pages has a smaller cursor than its view names.
            socket.send(ask + ",\"cursor\":0,\"viewVersion\":" + page.get("viewVersion") + "}");
            assertThat(socket.next().json().getString("mode")).isEqualTo("full");
        }
    }

    /** Changes a row between two pages. The acknowledgement would be lost under the row of the later page. */
    private String changeWhileLoading(BroadcastSocket loading, String channel, String key, String... cookie) {
        String id = any();
        try (BroadcastSocket other = open(cookie)) {
            subscribe(other, channel);
            assertThat(other.next().type()).isEqualTo("snapshot");
            loading.send("{\"v\":1,\"type\":\"mutate\",\"id\":\"" + id + "\",\"channel\":\"" + channel
                    + "\",\"action\":\"update\",\"key\":\"" + key + "\",\"data\":{\"text\":\"changed\"}}");
            nextOf(other, "\"text\":\"changed\"");
        }
        loading.send("{\"v\":1,\"type\":\"ping\",\"nonce\":\"n\"}");
        assertThat(loading.next().text()).isEqualTo("{\"type\":\"pong\",\"nonce\":\"n\",\"v\":1}");
        return id;
    }

    private static void add(List<String> loaded, JsonObject page) {
        page.getJsonArray("rows").forEach(row -> loaded.add(row.asJsonObject().getString("id")));
    }

    @Test
    @Tag("CH6")
    @DisplayName("[CH6] unknown channels and channels of others are refused; a user's own channel is open")
    void names() {
        try (BroadcastSocket socket = open()) {
            subscribe(socket, "nope");
            assertThat(socket.next().text())
                    .isEqualTo(
                            "{\"type\":\"reject\",\"id\":\"subscribe\",\"error\":\"No handler registered for channel:"
                                    + " nope\"}");
            for (String channel : List.of("notes", "notes:", "todos:x", "notes:someone-else")) {
                subscribe(socket, channel);
                assertThat(socket.next().text()).startsWith("{\"type\":\"reject\",\"id\":\"subscribe\"");
            }
            subscribe(socket, "notes:developer");
            assertThat(socket.next().type()).isEqualTo("snapshot");
            socket.send("{\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"nope\",\"action\":\"delete\",\"key\":\"k\"}");
            assertThat(socket.next().text())
                    .isEqualTo("{\"type\":\"reject\",\"id\":\"m\",\"error\":\"No handler for channel: nope\"}");
        }
    }

    @Test
    @Tag("CH11")
    @DisplayName("[CH11] mutations that a client sends at once, each twice, take effect once each, in their order")
    void many() {
        String key = any();
        try (BroadcastSocket watching = open();
                BroadcastSocket socket = open()) {
            subscribe(watching, "todos");
            watching.next();
            for (int twice = 0; twice < 2; twice++) {
                socket.send(mutation(key, "create", key, todo(key, "0")));
                for (int i = 1; i < MANY; i++) {
                    socket.send(mutation(key + i, "update", key, "{\"title\":\"" + i + "\"}"));
                }
            }
            for (int i = 0; i < MANY; i++) {
                JsonObject change = watching.next().json();
                assertThat(change.getJsonObject("data").getString("title")).isEqualTo(String.valueOf(i));
            }
            for (int answer = 0; answer < 2 * MANY; answer++) {
                assertThat(socket.next().type()).isEqualTo("ack");
            }
        }
    }

    @Test
    @Tag("CH12")
    @DisplayName("[CH12] a ping is answered with the text pong, or with its nonce")
    void pings() {
        try (BroadcastSocket older = open();
                BroadcastSocket newer = open()) {
            older.send("{\"type\":\"ping\"}");
            assertThat(older.next().text()).isEqualTo("pong");
            newer.send("{\"v\":1,\"type\":\"ping\",\"nonce\":\"n-1\"}");
            assertThat(newer.next().text()).isEqualTo("{\"type\":\"pong\",\"nonce\":\"n-1\",\"v\":1}");
        }
    }

    @Test
    @Tag("CH13")
    @DisplayName(
            "[CH13] a session cookie gives its user's identity; its end closes the socket as the generation expects")
    void cookies() {
        String user = "cookie-" + any();
        long soon = Instant.now().plusSeconds(2).getEpochSecond();
        try (BroadcastSocket older = open(cookie("{\"user\":{\"id\":\"" + user + "\"},\"exp\":" + soon + "}"));
                BroadcastSocket newer = open(cookie("{\"v\":2,\"subject\":\"" + user + "\",\"user\":{\"id\":\"" + user
                        + "\"},\"claims\":{},\"iat\":1,\"exp\":" + soon + "}"))) {
            subscribe(older, "notes:" + user);
            assertThat(older.next().type()).isEqualTo("snapshot");
            newer.send("{\"v\":1,\"type\":\"subscribe\",\"requestId\":\"s\",\"channel\":\"notes:" + user + "\"}");
            assertThat(newer.next().type()).isEqualTo("snapshot");
            assertThat(older.closed().code()).isEqualTo(1008);
            assertThat(newer.closed().code()).isEqualTo(4001);
        }
    }

    @Test
    @Tag("CH13")
    @DisplayName("[CH13] a forged or expired cookie is refused, also where connections without a cookie are served")
    void wrongCookies() {
        String claims = "{\"user\":{\"id\":\"u\"}}";
        for (String wrong : List.of(
                token(claims, "another-secret-of-at-least-32-bytes"),
                token("{\"user\":{\"id\":\"u\"},\"exp\":1}", SECRET),
                "nonsense")) {
            assertThat(BroadcastSocket.refused(application, PATH, "Cookie", "sf_session=" + wrong)
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    @Tag("CH14")
    @DisplayName("[CH14] the parameter userId and the headers of the original's internals never give an identity")
    void noIdentity() {
        String internal = Base64.getEncoder()
                .encodeToString(
                        "{\"auth\":{\"user\":{\"id\":\"u1\"}},\"identity\":\"u1\"}".getBytes(StandardCharsets.UTF_8));
        try (BroadcastSocket socket = BroadcastSocket.at(
                application, PATH + "?userId=u1", "x-user-id", "u1", "x-sveltebase-sync-auth", internal)) {
            subscribe(socket, "notes:u1");
            assertThat(socket.next().type()).isEqualTo("reject");
            subscribe(socket, "notes:developer");
            assertThat(socket.next().type()).isEqualTo("snapshot");
        }
    }
}
