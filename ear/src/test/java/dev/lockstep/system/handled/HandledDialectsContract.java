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

    private BroadcastSocket subscribed(boolean isVersioned, String channel) {
        BroadcastSocket socket = BroadcastSocket.at(
                application,
                "/api/sync",
                SessionCookies.of(application, "carol").toArray(String[]::new));
        socket.send(message(
                isVersioned,
                "\"type\":\"subscribe\"," + (isVersioned ? "\"requestId\":\"r\"," : "") + "\"channel\":\"" + channel
                        + "\""));
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
        try (BroadcastSocket socket = BroadcastSocket.at(
                application,
                "/api/sync",
                SessionCookies.of(application, "carol").toArray(String[]::new))) {
            socket.send("{\"type\":\"subscribe\",\"channel\":\"parts:" + site + "\"}");
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
