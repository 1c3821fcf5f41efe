package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The publisher's endpoints of svelte-todos, on a server with the key {@link #KEY} whose root belongs to that example. */
abstract class PublisherEndpointsContract {
    static final String KEY = "a-key-for-the-tests-of-publishers-only";

    private static final String ONE = "/broadcast";
    private static final String BATCH = "/broadcast-batch";

    private final URI application;
    private final Api publisher;

    PublisherEndpointsContract(Server server) {
        application = server.application("svelte-todos");
        publisher = new Api(application).with("Authorization", "Bearer " + KEY);
    }

    private static String any() {
        return UUID.randomUUID().toString();
    }

    private static String change(String action, String key, String data) {
        return "\"action\":\"" + action + "\",\"key\":\"" + key + "\"" + (data.isEmpty() ? "" : ",\"data\":" + data);
    }

    private static String todos(String action, String key, String data) {
        return "{\"channel\":\"todos\"," + change(action, key, data) + "}";
    }

    private BroadcastSocket subscribed(String channel) {
        BroadcastSocket socket = BroadcastSocket.at(application, "/api/sync");
        socket.send("{\"type\":\"subscribe\",\"channel\":\"" + channel + "\"}");
        socket.next();
        return socket;
    }

    private BroadcastSocket versioned(String channel) {
        BroadcastSocket socket = BroadcastSocket.at(application, "/api/sync");
        socket.send("{\"v\":1,\"type\":\"subscribe\",\"requestId\":\"r\",\"channel\":\"" + channel + "\"}");
        JsonObject page = socket.next().json();
        while (page.getBoolean("hasMore", false)) {
            socket.send("{\"v\":1,\"type\":\"subscribe\",\"requestId\":\"r\",\"channel\":\"" + channel
                    + "\",\"cursor\":" + page.get("cursor") + ",\"viewVersion\":" + page.get("viewVersion") + "}");
            page = socket.next().json();
        }
        return socket;
    }

    private static void published(Answer answer) {
        assertThat(answer.body()).isEmpty();
        assertThat(answer.status()).isEqualTo(204);
    }

    @Test
    @Tag("CH15")
    @Tag("CH16")
    @DisplayName("[CH15][CH16] a publication is stored; clients of both generations receive the whole row")
    void published() {
        String key = any();
        try (BroadcastSocket older = subscribed("todos");
                BroadcastSocket newer = versioned("todos")) {
            published(publisher.post(ONE, todos("create", key, "{\"id\":\"" + key + "\",\"title\":\"first\"}")));
            JsonObject created = older.next().json();
            assertThat(created.keySet()).containsExactly("type", "channel", "action", "key", "data");
            assertThat(created.getString("action")).isEqualTo("create");
            assertThat(newer.next().json().getJsonObject("change").getString("kind"))
                    .isEqualTo("full");

            published(publisher.post(ONE, todos("update", key, "{\"completed\":true}")));
            JsonObject merged = older.next().json().getJsonObject("data");
            assertThat(merged.getString("title")).isEqualTo("first");
            assertThat(merged.getBoolean("completed")).isTrue();
            assertThat(newer.next()
                            .json()
                            .getJsonObject("change")
                            .getJsonObject("row")
                            .getString("title"))
                    .isEqualTo("first");

            published(publisher.post(ONE, todos("create", key, "{\"title\":\"again\"}")));
            assertThat(older.next().json().getString("action")).isEqualTo("update");
            newer.next();

            published(publisher.post(ONE, todos("delete", key, "{\"updatedAt\":\"2026-01-01T00:00:00.000Z\"}")));
            assertThat(older.next().text())
                    .isEqualTo("{\"type\":\"change\",\"channel\":\"todos\",\"action\":\"delete\",\"key\":\"" + key
                            + "\",\"data\":{\"updatedAt\":\"9999-12-31T23:59:59.999Z\"}}");
            assertThat(newer.next().text()).contains("{\"kind\":\"delete\",\"key\":\"" + key + "\"}");
        }
        assertThat(new Api(application).get("/rest/developer/todos").body()).doesNotContain(key);
    }

    @Test
    @Tag("CH16")
    @DisplayName("[CH16] a batch is one commit: all of it or nothing")
    void batch() {
        String one = any();
        String two = any();
        String body = "{\"channel\":\"todos\",\"changes\":[{\"action\":\"create\",\"data\":{\"id\":\"" + one
                + "\",\"title\":\"1\"}},{" + change("create", two, "{\"title\":\"%s\"}") + "},{"
                + change("update", one, "{\"completed\":true}") + "}]}";
        try (BroadcastSocket older = subscribed("todos")) {
            Answer refused = publisher.post(BATCH, body.replace("%s", "forbidden"));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).isEqualTo("title: must not be \"forbidden\"");

            published(publisher.post(BATCH, body.replace("%s", "2")));
            JsonObject received = older.next().json();
            assertThat(received.getString("type")).isEqualTo("batch");
            assertThat(received.getJsonArray("changes")).hasSize(2); // a row that a commit changes twice is sent once
            assertThat(received.getJsonArray("changes")
                            .getJsonObject(0)
                            .getJsonObject("data")
                            .getBoolean("completed"))
                    .isTrue();
        }
    }

    @Test
    @Tag("CH16")
    @DisplayName("[CH16] the read rules are the audience: a publication to a user's room reaches this user only")
    void audience() {
        try (BroadcastSocket own = subscribed("notes:developer");
                BroadcastSocket refused = BroadcastSocket.at(application, "/api/sync")) {
            refused.send("{\"type\":\"subscribe\",\"channel\":\"notes:other\"}");
            assertThat(refused.next().type()).isEqualTo("reject");
            published(publisher.post(
                    ONE, "{\"channel\":\"notes:other\"," + change("create", any(), "{\"text\":\"secret\"}") + "}"));
            published(publisher.post(
                    ONE, "{\"channel\":\"notes:developer\"," + change("create", any(), "{\"text\":\"mine\"}") + "}"));
            assertThat(own.next().text()).contains("\"text\":\"mine\"");
        }
    }

    @Test
    @Tag("CH17")
    @DisplayName("[CH17] bad publications are answered as in the contract, or with a text that names the fault")
    void badBodies() {
        published(publisher.post(ONE, "{}"));
        published(publisher.post(BATCH, "{}"));
        published(publisher.post(BATCH, "{\"channel\":\"todos\",\"changes\":[]}"));
        assertThat(publisher.get(ONE).status()).isEqualTo(404);
        refused(400, "Malformed JSON in request body", ONE, "{\"channel\":");
        refused(400, "The body must be a JSON object", ONE, "[]");
        refused(400, "channel: must be a text that is not empty", ONE, "{\"action\":\"create\"}");
        refused(400, "action: must be \"create\", \"update\" or \"delete\"", ONE, todos("upsert", any(), "{}"));
        refused(400, "data: must be an object", ONE, todos("update", any(), "[]"));
        refused(400, "key: must be a text that is not empty", ONE, todos("delete", "", ""));
        refused(400, "data.id: must be the key", ONE, todos("create", any(), "{\"id\":\"other\"}"));
        refused(400, "changes: must be a list of changes", BATCH, "{\"channel\":\"todos\"}");
        refused(
                400,
                "changes.0.action: must be \"create\", \"update\" or \"delete\"",
                BATCH,
                "{\"channel\":\"todos\",\"changes\":[{}]}");
        refused(400, "title: must not be blank", ONE, todos("create", any(), "{}"));
        refused(
                404,
                "No channel has the name of this publication; check it",
                ONE,
                todos("delete", any(), "").replace("todos", "others"));
        assertThat(publisher
                        .post(ONE, todos("update", "missing", "{\"title\":\"t\"}"))
                        .body())
                .isEqualTo("Row 'missing' of 'todos' does not exist");
        published(publisher.post(ONE, todos("delete", "missing", "")));
    }

    private void refused(int status, String text, String path, String body) {
        Answer answer = publisher.post(path, body);
        assertThat(answer.body()).isEqualTo(text);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    @Tag("CH15")
    @DisplayName("[CH15] a wrong key and a page of this machine are refused; in development its programs need no key")
    void authentication() {
        Api anyone = new Api(application);
        String body = todos("delete", any(), "");
        published(anyone.post(ONE, body));
        published(anyone.with("Cookie", "sf_session=wrong").post(ONE, body));
        assertThat(anyone.with("Origin", "http://127.0.0.1:3000")
                        .post(ONE, body)
                        .status())
                .isEqualTo(401);
        assertThat(anyone.with("Sec-Fetch-Site", "cross-site").post(ONE, body).body())
                .isEqualTo("Unauthorized: send a publisher's key as bearer token");
        published(anyone.with("Authorization", "Bearer " + KEY, "Origin", "http://127.0.0.1:3000")
                .post(ONE, body));
    }

    @Test
    @Tag("CH18")
    @DisplayName("[CH18] the published createPublisher posts to the root: that of the application that is configured")
    void root() {
        Api root = new Api(URI.create(application.toString().replace("/svelte-todos", "")));
        String key = any();
        try (BroadcastSocket older = subscribed("todos")) {
            published(root.post(ONE, todos("create", key, "{\"title\":\"from the root\"}")));
            assertThat(older.next().text()).contains("from the root");
            published(root.post(BATCH, "{\"channel\":\"todos\",\"changes\":[{" + change("delete", key, "") + "}]}"));
            assertThat(older.next().text()).contains("\"delete\"");
        }
    }

    @Test
    @Tag("CH19")
    @DisplayName(
            "[CH19] an ephemeral channel delivers to its audience and stores nothing; a failing audience is nobody")
    void ephemeral() {
        try (BroadcastSocket older = subscribed("typing:list");
                BroadcastSocket newer = versioned("typing:list");
                BroadcastSocket elsewhere = subscribed("typing")) {
            published(
                    publisher.post(ONE, typing("create", "{\"user\":\"developer\"}"))); // not shown to the user itself
            published(publisher.post(ONE, typing("create", "{\"nobody\":true}")));
            published(publisher.post(ONE, typing("create", "{\"user\":\"ann\"}")));
            published(publisher.post(ONE, typing("update", "{\"user\":\"ann\",\"since\":1}")));

            assertThat(older.next().text())
                    .isEqualTo("{\"type\":\"change\",\"channel\":\"typing:list\",\"action\":\"create\",\"key\":\"k\","
                            + "\"data\":{\"user\":\"ann\"}}");
            assertThat(older.next().text()).contains("\"data\":{\"user\":\"ann\",\"since\":1}");
            JsonObject first = newer.next().json();
            assertThat(first.getJsonObject("change").toString())
                    .isEqualTo("{\"kind\":\"full\",\"key\":\"k\",\"row\":{\"user\":\"ann\",\"id\":\"k\"}}");
            JsonObject second = newer.next().json();
            assertThat(second.getJsonObject("change").getString("kind")).isEqualTo("patch");
            assertThat(second.getJsonNumber("revision").longValue())
                    .isGreaterThan(first.getJsonNumber("revision").longValue());
            assertThat(elsewhere.unread()).isZero();
            older.send(
                    "{\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"typing:list\",\"action\":\"create\",\"key\":\"k\","
                            + "\"data\":{}}");
            assertThat(older.next().type()).isEqualTo("reject");
        }
        try (BroadcastSocket late = versioned("typing:list")) {
            assertThat(late.unread()).isZero();
        }
    }

    private static String typing(String action, String data) {
        return "{\"channel\":\"typing:list\"," + change(action, "k", data) + "}";
    }
}
