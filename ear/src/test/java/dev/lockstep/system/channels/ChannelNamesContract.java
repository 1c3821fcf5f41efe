package dev.lockstep.system.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names of channels that an application resolves, several channels on a socket, and frames and rows that are too large. */
public abstract class ChannelNamesContract {
    /** A key that the server must know. */
    public static final String PUBLISHER_KEY = "a-key-of-publishers-of-todos-in-all-dialects";

    private final URI application;
    private final Api api;
    private final String list = "list-" + UUID.randomUUID();
    private final String id = "todo-" + UUID.randomUUID();

    /** Tests of the application with one collection in all dialects. */
    protected ChannelNamesContract(Server server) {
        application = server.application("dialects");
        api = new Api(application);
    }

    private BroadcastSocket open() {
        return BroadcastSocket.at(
                application,
                "/api/sync",
                SessionCookies.of(application, "carol@" + list).toArray(String[]::new));
    }

    private static void subscribeNewer(BroadcastSocket socket, String channel) {
        socket.send("{\"v\":1,\"type\":\"subscribe\",\"requestId\":\"r\",\"channel\":\"" + channel + "\"}");
    }

    private static JsonObject next(BroadcastSocket socket, String type) {
        JsonObject frame = socket.next().json();
        assertThat(frame.getString("type")).as(frame.toString()).isEqualTo(type);
        return frame;
    }

    private String path() {
        return "/api/" + list + "/todos";
    }

    private void change(String body) {
        assertThat(api.put(path() + "/" + id, body).status()).isEqualTo(200);
    }

    @Test
    @Tag("CH6")
    @DisplayName("[CH6] channels of a resolver show the room that it names, under the name that their client uses")
    void resolved() {
        try (BroadcastSocket older = open();
                BroadcastSocket newer = open()) {
            older.send("{\"type\":\"subscribe\",\"channel\":\"list/" + list + "\"}");
            assertThat(next(older, "snapshot").getString("channel")).isEqualTo("list/" + list);
            subscribeNewer(newer, "mine");
            assertThat(next(newer, "snapshot").getString("channel")).isEqualTo("mine");

            older.send("{\"type\":\"mutate\",\"id\":\"" + UUID.randomUUID() + "\",\"channel\":\"list/" + list
                    + "\",\"action\":\"create\",\"key\":\"" + id + "\",\"data\":{\"id\":\"" + id
                    + "\",\"title\":\"resolved\"}}");
            assertThat(AnsweredMutation.next(older, "ack").change().getString("channel"))
                    .isEqualTo("list/" + list);
            assertThat(next(newer, "change").getString("channel")).isEqualTo("mine");
            assertThat(api.get(path()).body()).contains("\"resolved\"");

            subscribeNewer(newer, "todos:" + list); // a name that the resolver leaves to the server
            assertThat(next(newer, "snapshot").getJsonArray("rows")).hasSize(1);
            subscribeNewer(newer, "nowhere");
            assertThat(next(newer, "reject").getJsonObject("error").getString("code"))
                    .isEqualTo("UnknownError");
        }
    }

    @Test
    @Tag("CH6")
    @Tag("CH16")
    @DisplayName(
            "[CH6][CH16] a publication names a channel of a resolver; without a caller, one of a caller does not exist")
    void published() {
        Api publisher = api.with("Authorization", "Bearer " + PUBLISHER_KEY);
        String body =
                "{\"channel\":\"%s\",\"action\":\"create\",\"key\":\"" + id + "\",\"data\":{\"title\":\"posted\"}}";

        assertThat(publisher.post("/broadcast", body.formatted("list/" + list)).status())
                .isEqualTo(204);
        assertThat(api.get(path()).body()).contains("\"posted\"");
        assertThat(publisher.post("/broadcast", body.formatted("mine")).status())
                .isEqualTo(404);
        assertThat(publisher.post("/broadcast", body.formatted("faulty")).status())
                .isEqualTo(500);
    }

    @Test
    @Tag("CH20")
    @DisplayName(
            "[CH20] a row that a frame of 2.0 cannot hold leaves its clients, whose writes say so; it returns when shorter")
    void largeRows() {
        assertThat(api.post(path(), "{\"id\":\"" + id + "\",\"title\":\"small\"}")
                        .status())
                .isEqualTo(200);
        try (BroadcastSocket newer = open();
                BroadcastSocket older = open()) {
            subscribeNewer(newer, "mine");
            JsonObject snapshot = next(newer, "snapshot");
            assertThat(snapshot.getJsonArray("rows")).hasSize(1);
            older.send("{\"type\":\"subscribe\",\"channel\":\"list/" + list + "\"}");
            next(older, "snapshot");

            change("{\"notes\":\"" + "x".repeat(300_000) + "\"}");

            assertThat(next(newer, "change").getJsonObject("change").getString("kind"))
                    .isEqualTo("delete");
            assertThat(next(older, "change").getJsonObject("data").getString("notes"))
                    .hasSize(300_000);
            try (BroadcastSocket fresh = open();
                    BroadcastSocket returning = open()) {
                subscribeNewer(fresh, "mine");
                assertThat(next(fresh, "snapshot").getJsonArray("rows")).isEmpty();
                returning.send("{\"v\":1,\"type\":\"subscribe\",\"requestId\":\"r\",\"channel\":\"mine\",\"cursor\":"
                        + snapshot.getInt("cursor") + ",\"viewVersion\":\"" + snapshot.getString("viewVersion")
                        + "\"}");
                assertThat(next(returning, "snapshot").getString("mode")).isEqualTo("delta");
                assertThat(next(returning, "change").getJsonObject("change").getString("kind"))
                        .isEqualTo("delete");
            }
            newer.send("{\"v\":1,\"type\":\"mutate\",\"id\":\"" + UUID.randomUUID()
                    + "\",\"channel\":\"mine\",\"action\":\"update\",\"key\":\"" + id
                    + "\",\"data\":{\"title\":\"t\"}}");
            JsonObject error = AnsweredMutation.next(newer, "reject").answer().getJsonObject("error");
            assertThat(error.getString("code")).isEqualTo("TooLarge");
            assertThat(error.getString("message")).startsWith("The change is stored");

            change("{\"notes\":\"short\"}");
            assertThat(next(newer, "change").getJsonObject("change").getString("kind"))
                    .isEqualTo("full");
        }
    }

    @Test
    @Tag("CH6")
    @DisplayName("[CH6] several channels on one socket have subscriptions of their own, which end one by one")
    void severalChannels() {
        try (BroadcastSocket newer = open()) {
            newer.send(
                    "{\"v\":1,\"type\":\"subscribe-batch\",\"requestId\":\"r\",\"subscriptions\":[{\"requestId\":\"a\",\"channel\":\"mine\"},"
                            + "{\"requestId\":\"b\",\"channel\":\"list/" + list
                            + "\"},{\"requestId\":\"c\",\"channel\":\"list/other-" + list + "\"}]}");
            for (String channel : List.of("mine", "list/" + list, "list/other-" + list)) {
                assertThat(next(newer, "snapshot").getString("channel")).isEqualTo(channel);
            }
            newer.send("{\"v\":1,\"type\":\"unsubscribe\",\"channel\":\"mine\"}");
            subscribeNewer(newer, "nowhere"); // its answer tells that the message before it was handled
            next(newer, "reject");

            api.post("/api/other-" + list + "/todos", "{\"id\":\"" + id + "-2\",\"title\":\"t\"}");
            assertThat(next(newer, "change").getString("channel")).isEqualTo("list/other-" + list);
            api.post(path(), "{\"id\":\"" + id + "\",\"title\":\"t\"}");
            assertThat(next(newer, "change").getString("channel")).isEqualTo("list/" + list);
            api.post("/api/other-" + list + "/todos", "{\"id\":\"" + id + "-3\",\"title\":\"t\"}");
            assertThat(next(newer, "change").getString("channel")).isEqualTo("list/other-" + list);
        }
    }

    @Test
    @Tag("CH3")
    @Tag("CH4")
    @DisplayName(
            "[CH3][CH4] a mutation over 256 KiB of 2.0 is refused by its id and has no effect; a message over 1 MiB closes the socket")
    void oversizeFrames() {
        try (BroadcastSocket newer = open();
                BroadcastSocket older = open()) {
            newer.send("{\"v\":1,\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"mine\",\"action\":\"create\",\"key\":\""
                    + id + "\",\"data\":{\"id\":\"" + id + "\",\"notes\":\"" + "x".repeat(256 * 1024) + "\"}}");
            assertThat(newer.next().text())
                    .isEqualTo(
                            "{\"type\":\"reject\",\"id\":\"m\",\"error\":{\"code\":\"TooLarge\",\"message\":\"The mutation"
                                    + " has more than 262144 bytes; make it shorter\"},\"v\":1}");
            newer.send("{\"v\":1,\"type\":\"ping\",\"nonce\":\"n\"}");
            next(newer, "pong");
            assertThat(api.get(path()).body()).doesNotContain(id);

            older.send("{\"type\":\"mutate\",\"notes\":\"" + "x".repeat(1024 * 1024) + "\"}");
            assertThat(older.closed().code()).isEqualTo(1009);
        }
    }
}
