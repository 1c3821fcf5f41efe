package dev.lockstep.system.handled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.channels.AnsweredMutation;
import dev.lockstep.system.channels.SessionCookies;
import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.StrataUser;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handled collections for clients of channels, of both generations, and for Strata's. */
public abstract class HandledDialectsContract {
    /** The close code that makes a client of channels send its mutations again. */
    private static final int TRY_AGAIN = 1013;

    private final URI application;
    private final Api api;
    private final String site = "site-" + UUID.randomUUID();
    private final String id = "part-" + UUID.randomUUID();
    private final StrataUser strata;

    /** Tests of the application with handled collections. */
    protected HandledDialectsContract(Server server) {
        application = server.application("handled");
        api = new Api(application);
        strata = new StrataUser(application, "sam@" + site + "-token");
    }

    private String stored() {
        return api.get("/warehouse?site=" + site).body();
    }

    private BroadcastSocket open() {
        return BroadcastSocket.at(
                application,
                "/api/sync",
                SessionCookies.of(application, "carol").toArray(String[]::new));
    }

    /** Opens a socket whose handshake has a header, a cookie and a parameter, which are claims of the user. */
    private BroadcastSocket openAt(String desk, String till, String lane) {
        List<String> headers = new ArrayList<>(SessionCookies.of(application, "carol"));
        headers.set(1, headers.get(1) + "; till=" + till);
        headers.addAll(List.of("X-Desk", desk));
        return BroadcastSocket.at(application, "/api/sync?lane=" + lane, headers.toArray(String[]::new));
    }

    private static void subscribe(BroadcastSocket socket, boolean isVersioned, String channel) {
        socket.send(message(
                isVersioned,
                "\"type\":\"subscribe\"," + (isVersioned ? "\"requestId\":\"r\"," : "") + "\"channel\":\"" + channel
                        + "\""));
    }

    private BroadcastSocket subscribed(boolean isVersioned, String channel) {
        BroadcastSocket socket = open();
        subscribe(socket, isVersioned, channel);
        assertThat(socket.next().type()).isEqualTo("snapshot");
        return socket;
    }

    private static String message(boolean isVersioned, String members) {
        return "{" + (isVersioned ? "\"v\":1," : "") + members + "}";
    }

    private static void mutate(
            BroadcastSocket socket, boolean isVersioned, String channel, String action, String key, String data) {
        socket.send(message(
                isVersioned,
                "\"type\":\"mutate\",\"id\":\"" + UUID.randomUUID() + "\",\"channel\":\"" + channel + "\",\"action\":\""
                        + action + "\",\"key\":\"" + key + "\"" + (data.isEmpty() ? "" : ",\"data\":" + data)));
    }

    private String part(String name) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\"}";
    }

    private static JsonObject next(BroadcastSocket socket, String type) {
        JsonObject frame = socket.next().json();
        assertThat(frame.getString("type")).as(frame.toString()).isEqualTo(type);
        return frame;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("HAN1")
    @DisplayName(
            "[HAN1] in a channel, answer and change have the row as the handler stored it; a delete reaches its table")
    void channels(boolean isVersioned) {
        String channel = "parts:" + site;
        try (BroadcastSocket socket = subscribed(isVersioned, channel)) {
            mutate(socket, isVersioned, channel, "create", id, part("saw"));
            AnsweredMutation created = AnsweredMutation.next(socket, "ack");
            assertThat(created.answer().getJsonObject("data").getString("shelf"))
                    .startsWith("A");
            assertThat(created.change().toString()).contains("\"shelf\":\"A");
            assertThat(stored()).contains("name=saw");

            mutate(socket, isVersioned, channel, "update", id, "{\"name\":\"file\"}");
            assertThat(AnsweredMutation.next(socket, "ack")
                            .answer()
                            .getJsonObject("data")
                            .getString("name"))
                    .isEqualTo("file");
            assertThat(stored()).contains("name=file");
            assertThat(api.get("/api/" + site + "/parts").body()).contains("\"file\"");

            mutate(socket, isVersioned, channel, "delete", id, "");
            AnsweredMutation.next(socket, "ack");
            assertThat(stored()).isEqualTo("[]");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("HAN4")
    @Tag("HAN8")
    @DisplayName(
            "[HAN4][HAN8] in a channel, a refusal of the handler is the answer, as is one of an operation that it lacks")
    void refusedInChannels(boolean isVersioned) {
        String channel = "parts:" + site;
        try (BroadcastSocket socket = subscribed(isVersioned, channel)) {
            mutate(socket, isVersioned, channel, "create", id, part("too heavy"));
            assertThat(next(socket, "reject").toString()).contains("the warehouse takes no heavy parts");
            assertThat(stored()).isEqualTo("[]");
        }
        try (BroadcastSocket socket = subscribed(isVersioned, "reminders")) {
            mutate(socket, isVersioned, "reminders", "update", id, "{\"text\":\"x\"}");
            assertThat(next(socket, "reject").toString())
                    .contains("Forbidden: Update operation not supported on channel reminders");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("HAN3")
    @DisplayName("[HAN3] in a channel, an open outcome closes the socket, so that its client sends the mutation again")
    void openInChannels(boolean isVersioned) {
        String channel = "parts:" + site;
        try (BroadcastSocket socket = subscribed(isVersioned, channel)) {
            mutate(socket, isVersioned, channel, "create", id, part("fragile"));
            BroadcastSocket.Closed closed = socket.closed();
            assertThat(closed.code()).isEqualTo(TRY_AGAIN);
            assertThat(closed.reason()).doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("ID18")
    @DisplayName(
            "[ID18] header, cookie and parameter of a handshake reach a rule, a handler, its audience and a read filter")
    void claims(boolean isVersioned) {
        String channel = "parts:" + site;
        try (BroadcastSocket socket = openAt("closed", "t1", "1")) {
            subscribe(socket, isVersioned, channel);
            assertThat(next(socket, "reject").toString()).contains("this desk is closed");
        }
        try (BroadcastSocket socket = openAt("open", "locked", "1")) {
            subscribe(socket, isVersioned, "reminders");
            assertThat(next(socket, "reject").toString()).contains("this till is locked");
            mutate(socket, isVersioned, "reminders", "create", id, "{\"id\":\"" + id + "\",\"text\":\"call\"}");
            assertThat(next(socket, "reject").toString()).contains("this till is locked");
        }
        String till = "till-" + UUID.randomUUID();
        api.post("/api/default/reminders", "{\"id\":\"" + id + "\",\"text\":\"count\",\"reader\":\"" + till + "\"}");
        api.post("/api/" + site + "/parts", part("kept for 7"));
        try (BroadcastSocket mine = openAt("open", till, "7");
                BroadcastSocket other = openAt("open", "t1", "8")) {
            subscribe(mine, isVersioned, "reminders");
            assertThat(next(mine, "snapshot").toString()).contains(id);
            subscribe(mine, isVersioned, channel);
            assertThat(next(mine, "snapshot").toString()).contains("kept for 7");
            subscribe(other, isVersioned, "reminders");
            assertThat(next(other, "snapshot").toString()).doesNotContain(id);
            subscribe(other, isVersioned, channel);
            assertThat(next(other, "snapshot").toString()).doesNotContain("kept for 7");

            api.put("/api/" + site + "/parts/" + id, "{\"name\":\"kept for 8\"}");
            assertThat(next(other, "change").toString()).contains("kept for 8");
            assertThat(next(mine, "change").toString()).doesNotContain("kept for 8");
            api.delete("/api/default/reminders/" + id);
            assertThat(next(mine, "change").toString()).contains(id);
        }
    }

    private void createSlowly(BroadcastSocket socket, String channel) {
        mutate(socket, false, channel, "create", id, part("slow"));
        assertThat(next(socket, "change").toString()).contains("slow");
    }

    private void release() {
        assertThat(api.sendNothing("POST", "/warehouse?release=true&id=" + id).status())
                .isEqualTo(200);
    }

    @Test
    @Tag("CH9")
    @DisplayName(
            "[CH9] an answer that a hook delays has the row as it is by then: 1.x would put its first state over it")
    void lateAnswer() {
        String channel = "parts:" + site;
        try (BroadcastSocket socket = subscribed(false, channel)) {
            createSlowly(socket, channel);
            assertThat(api.put("/api/" + site + "/parts/" + id, "{\"name\":\"file\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(next(socket, "change").toString()).contains("file");
            release();

            assertThat(next(socket, "ack").getJsonObject("data").getString("name"))
                    .isEqualTo("file");
        }
    }

    @Test
    @Tag("CH9")
    @DisplayName(
            "[CH9] an answer that a hook delays has no row if that is deleted by then, and the delete comes before it")
    void lateAnswerOfDeleted() {
        String channel = "parts:" + site;
        try (BroadcastSocket socket = subscribed(false, channel)) {
            createSlowly(socket, channel);
            assertThat(api.delete("/api/" + site + "/parts/" + id).status()).isEqualTo(200);
            assertThat(next(socket, "change").getString("action")).isEqualTo("delete");
            release();

            assertThat(next(socket, "change").getString("action")).isEqualTo("delete");
            assertThat(next(socket, "ack").keySet()).containsExactly("type", "id");
        }
    }

    private Answer mutate(String action, String payload) {
        return strata.api()
                .post(
                        "/sync/mutate",
                        "{\"batchId\":\"b\",\"transactions\":[{\"action\":\"" + action
                                + "\",\"clientId\":\"c\",\"clientTxId\":\"" + UUID.randomUUID()
                                + "\",\"modelName\":\"parts\",\"modelId\":\"" + id + "\",\"payload\":" + payload
                                + "}]}");
    }

    private static JsonObject outcome(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("results").getJsonObject(0);
    }

    private static JsonObject action(BroadcastSocket socket) {
        return StrataUser.actions(socket.next()).getFirst();
    }

    @Test
    @Tag("HAN1")
    @DisplayName(
            "[HAN1] for Strata's clients, actions have the row as the handler stored it; a delete reaches its table")
    void strata() {
        try (BroadcastSocket socket = strata.subscribe("0")) {
            assertThat(outcome(mutate("INSERT", "{\"name\":\"saw\",\"site\":\"" + site + "\"}"))
                            .getBoolean("success"))
                    .isTrue();
            assertThat(action(socket).getJsonObject("data").getString("shelf")).startsWith("A");
            assertThat(stored()).contains("name=saw");
            assertThat(outcome(mutate("UPDATE", "{\"name\":\"file\"}")).getBoolean("success"))
                    .isTrue();
            assertThat(action(socket).getJsonObject("data").getString("name")).isEqualTo("file");
            assertThat(outcome(mutate("DELETE", "{}")).getBoolean("success")).isTrue();
            assertThat(action(socket).getString("action")).isEqualTo("D");
            assertThat(stored()).isEqualTo("[]");
        }
    }

    @Test
    @Tag("HAN3")
    @Tag("HAN4")
    @DisplayName(
            "[HAN3][HAN4] for Strata's clients, a refusal of the handler is the answer; an open outcome is retryable")
    void refusedInStrata() {
        String payload = "{\"name\":\"%s\",\"site\":\"" + site + "\"}";
        JsonObject refused = outcome(mutate("INSERT", payload.formatted("too heavy")));
        assertThat(refused.getBoolean("success")).isFalse();
        assertThat(refused.getString("error")).contains("the warehouse takes no heavy parts");
        assertThat(stored()).isEqualTo("[]");

        Answer open = mutate("INSERT", payload.formatted("fragile"));
        assertThat(open.status()).as(open.body()).isEqualTo(503);
        assertThat(open.body()).doesNotContain("secret");
    }

    @Test
    @Tag("HAN6")
    @DisplayName(
            "[HAN6] what the store has is in the first snapshot of a channel, and in the bootstrap of Strata's clients")
    void firstReads() {
        api.sendNothing("POST", "/warehouse?name=anvil&add=true&site=" + site + "&id=" + id);
        try (BroadcastSocket socket = open()) {
            subscribe(socket, false, "parts:" + site);
            assertThat(socket.next().text()).contains("\"anvil\"");
        }
        api.sendNothing("POST", "/warehouse?name=bolt&add=true&site=" + site + "-2&id=" + id + "-2");
        StrataUser other = new StrataUser(application, "sue@" + site + "-2-token");
        assertThat(other.api()
                        .get("/sync/bootstrap?type=full&syncGroups=" + site + "-2")
                        .body())
                .contains("\"bolt\"");
    }
}
