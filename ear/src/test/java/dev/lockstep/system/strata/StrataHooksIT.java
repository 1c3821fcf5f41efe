package dev.lockstep.system.strata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.channels.ChannelNamesContract;
import dev.lockstep.system.channels.DialectsContract;
import dev.lockstep.system.channels.SessionCookies;
import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.StrataUser;
import dev.lockstep.system.existing.ExistingApplicationContract;
import dev.lockstep.system.handled.HandledContract;
import dev.lockstep.system.handled.HandledDialectsContract;
import dev.lockstep.system.inside.ProbeEar;
import dev.lockstep.system.probe.hooks.Documents;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An application's hooks in Strata's dialect: the probe has documents on its sockets, and checks titles. The same server has
 * the applications of {@link DialectsContract} and {@link HandledContract}, on H2.
 */
class StrataHooksIT {
    private static final Server SERVER = new Server(
            TestFolders.provisionedServer(),
            TestFolders.empty("strata-hooks"),
            ProbeEar.withHooksIn(TestFolders.empty("strata-hooks-ear")),
            Map.of(
                    "LOCKSTEP_PROFILE",
                    "development",
                    "LOCKSTEP_CHANNELS_SESSION_SECRETS",
                    SessionCookies.SECRET,
                    "LOCKSTEP_CHANNELS_PUBLISHER_KEYS",
                    ChannelNamesContract.PUBLISHER_KEY));

    private static final String VIEW = "{\"type\":\"doc_view\",\"state\":\"start\",\"clientId\":\"c\",\"connId\":\"1\","
            + "\"entityType\":\"notes\",\"entityId\":\"a\",\"fieldName\":\"title\"}";

    private final StrataUser ann = user("ann");
    private final StrataUser bob = user("bob");
    private final StrataUser cleo = user("cleo");

    private static StrataUser user(String name) {
        return new StrataUser(SERVER.application("probe"), "name-" + name);
    }

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static void assertStateOf(String user, BroadcastSocket socket) {
        assertThat(socket.next().text())
                .isEqualTo("{\"type\":\"session_state\",\"active\":true,\"participants\":[{\"userId\":\"" + user
                        + "\",\"isEditing\":false}]}");
    }

    @Test
    @Tag("STR19")
    @DisplayName("[STR19] messages of documents reach a hook after the first subscription, and its answers reach their"
            + " client")
    void documents() {
        try (BroadcastSocket socket = ann.open()) {
            socket.send(VIEW);
            socket.send(ann.subscription("0", "ann"));
            StrataUser.untilSubscribed(socket);
            socket.send(VIEW);
            assertStateOf("ann", socket);
            socket.send("{\"type\":\"doc_break\"}");
            socket.send("{\"type\":\"nobody_s\"}");
            socket.send("{\"type\":\"yjs_sync_step1\",\"payload\":\"AQ==\"}");
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"yjs_sync_step2\",\"payload\":\"AQ==\",\"seq\":0}");

            socket.send("{\"type\":\"subscribe\",\"token\":\"nope\"}");
            assertThat(socket.next().type()).isEqualTo("error");
            socket.send(VIEW);
            socket.send("{\"type\":\"subscribe\"}");
            assertThat(socket.next().text()).contains("Authentication required");
        }
    }

    @Test
    @Tag("STR26")
    @DisplayName("[STR26] a change of rights beyond groups makes the user's clients bootstrap again")
    void changedRights() {
        String before = cleo.api()
                .get("/sync/bootstrap?onlyModels=letters")
                .body()
                .lines()
                .findFirst()
                .map(line -> line.replaceFirst(".*\"lastSyncId\":\"([0-9]+)\".*", "$1"))
                .orElseThrow();
        try (BroadcastSocket socket = cleo.subscribe(before)) {
            assertThat(cleo.api()
                            .sendNothing("PUT", "/api/readers/cleo?colour=red")
                            .status())
                    .isEqualTo(204);
            assertThat(socket.next().text()).contains("\"BOOTSTRAP_REQUIRED\"");
        }
        assertThat(cleo.api().get("/sync/deltas?after=" + before).status()).isEqualTo(409);
        try (BroadcastSocket late = cleo.open()) {
            late.send(cleo.subscription(before));
            assertThat(late.next().text()).contains("\"BOOTSTRAP_REQUIRED\"");
        }
    }

    @Test
    @Tag("STR32")
    @DisplayName("[STR32] a message to a group's room reaches its sockets as a frame of its own, and no others")
    void messages() {
        try (BroadcastSocket socket = ann.subscribe("0", "ann");
                BroadcastSocket other = bob.subscribe("0", "bob")) {
            assertThat(ann.api()
                            .post("/api/visit/~ann", "{\"type\":\"session_note\"}")
                            .status())
                    .isEqualTo(204);
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"session_note\"}");
            assertThat(other.unread()).isZero();
        }
    }

    @Test
    @Tag("STR19")
    @DisplayName("[STR19] a hook may send many messages at once to a client that reads, and they come in order")
    void history() {
        try (BroadcastSocket socket = ann.subscribe("0", "ann")) {
            socket.send("{\"type\":\"doc_history\"}");
            for (int seq = 0; seq < Documents.HISTORY; seq++) {
                assertThat(socket.next().text()).isEqualTo("{\"type\":\"yjs_update\",\"seq\":" + seq + "}");
            }
        }
    }

    @Test
    @Tag("STR19")
    @DisplayName("[STR19] a hook is notified once of the end of a socket that had subscribed, and of no other")
    void closed() {
        try (BroadcastSocket socket = ann.subscribe("0", "ann")) {
            bob.open().close();
            try (BroadcastSocket other = bob.subscribe("0", "bob")) {
                other.send(bob.subscription("0", "bob"));
                StrataUser.untilSubscribed(other);
                other.send("{\"type\":\"yjs_update\",\"payload\":\"Ag==\"}");
                assertThat(socket.next().text()).isEqualTo("{\"type\":\"yjs_update\",\"payload\":\"Ag==\"}");
                other.send("{\"type\":\"subscribe\",\"token\":\"nope\"}");
                assertThat(other.next().type()).isEqualTo("error");
            }
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"session_closed\",\"of\":\"bob\"}");
            socket.send(VIEW);
            assertStateOf("ann", socket);
        }
    }

    @Test
    @Tag("STR1")
    @DisplayName("[STR1] where an application cannot determine a user's groups, requests answer 500, in the contract's"
            + " words")
    void lostGroups() {
        Api lost = user("lost").api();

        for (Answer answer : List.of(
                lost.get("/sync/bootstrap"),
                lost.get("/sync/deltas?after=0"),
                lost.post("/sync/batch", "{\"requests\":[{\"modelName\":\"notes\",\"groupId\":\"lost\"}]}"),
                lost.post("/sync/mutate", insert(UUID.randomUUID().toString(), "hello")))) {
            assertThat(answer.status() + " " + answer.body())
                    .isEqualTo("500 {\"error\":\"Failed to resolve sync groups\"}");
        }
    }

    @Test
    @Tag("STR19")
    @DisplayName("[STR19] a subscription of a user with unknown groups is answered with an error, and closed with 1011")
    void lostSubscription() {
        StrataUser lost = user("lost");
        try (BroadcastSocket socket = lost.open()) {
            socket.send(lost.subscription("0"));
            assertThat(socket.next().text())
                    .isEqualTo("{\"message\":\"Failed to resolve sync groups\",\"type\":\"error\"}");
            assertThat(socket.closed()).isEqualTo(new BroadcastSocket.Closed(1011, "Failed to resolve sync groups"));
        }
    }

    private static String insert(String id, String title) {
        return "{\"batchId\":\"b\",\"transactions\":[{\"action\":\"INSERT\",\"clientId\":\"c\",\"clientTxId\":\"" + id
                + "\",\"modelId\":\"" + id + "\",\"modelName\":\"notes\",\"payload\":{\"title\":\"" + title
                + "\",\"board\":\"ann\"}}]}";
    }

    private static JsonObject result(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("results").getJsonObject(0);
    }

    @Test
    @Tag("ACC23")
    @DisplayName("[ACC23] a hook changes the written values, or refuses them in its own words")
    void before() {
        String id = UUID.randomUUID().toString();
        try (BroadcastSocket socket = ann.subscribe("0", "ann")) {
            assertThat(result(ann.api().post("/sync/mutate", insert(id, "  hello ")))
                            .getBoolean("success"))
                    .isTrue();
            assertThat(StrataUser.actions(socket.next())
                            .getFirst()
                            .getJsonObject("data")
                            .getString("title"))
                    .isEqualTo("hello");
        }
        JsonObject refused =
                result(ann.api().post("/sync/mutate", insert(UUID.randomUUID().toString(), "rude")));
        assertThat(refused.getBoolean("success")).isFalse();
        assertThat(refused.getString("error")).isEqualTo("Be polite");
    }

    @Test
    @Tag("ACC23")
    @DisplayName("[ACC23] a failure after a change is a warning in its answer, once, and none for a repeat")
    void after() {
        String id = UUID.randomUUID().toString();
        JsonObject first = result(ann.api().post("/sync/mutate", insert(id, "late")));
        assertThat(first.getBoolean("success")).isTrue();
        assertThat(first.getJsonArray("warnings")).hasToString("[\"The index is late\"]");

        JsonObject again = result(ann.api().post("/sync/mutate", insert(id, "late")));
        assertThat(again.getString("syncId")).isEqualTo(first.getString("syncId"));
        assertThat(again.keySet()).doesNotContain("warnings");
    }

    @Nested
    class ExistingApplication extends ExistingApplicationContract {
        ExistingApplication() {
            super(SERVER);
        }
    }

    @Nested
    class Dialects extends DialectsContract {
        Dialects() {
            super(SERVER);
        }
    }

    @Nested
    class Handled extends HandledContract {
        Handled() {
            super(SERVER);
        }
    }

    @Nested
    class HandledInOtherDialects extends HandledDialectsContract {
        HandledInOtherDialects() {
            super(SERVER);
        }
    }

    @Nested
    class ChannelNames extends ChannelNamesContract {
        ChannelNames() {
            super(SERVER);
        }
    }
}
