package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.client.StrataUser;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Socket behaviour that Strata's clients rely on, frame by frame. Alice is in the groups ws-1 and ws-a, Bob in ws-1 and
 * ws-b, Bench in ws-bench.
 */
abstract class StrataSocketContract {
    private static final int WRITERS = 8;
    private static final int ROWS_OF_EACH = 25;

    final URI application;
    final StrataUser alice;
    final StrataUser bob;
    final StrataUser bench;

    StrataSocketContract(Server server) {
        application = server.application("strata-tasks");
        alice = new StrataUser(application, "alice-token");
        bob = new StrataUser(application, "bob-token");
        bench = new StrataUser(application, "bench-token");
    }

    static String any() {
        return UUID.randomUUID().toString();
    }

    /** The current position: nothing after it concerns an earlier test. */
    String now() {
        return alice.insert(any(), "ws-a");
    }

    private static List<String> rows(List<JsonObject> actions) {
        return actions.stream().map(action -> action.getString("modelId")).toList();
    }

    private static List<String> rows(Frame packet) {
        return rows(StrataUser.actions(packet));
    }

    /** Asserts that no frame is in transit to a socket: the answer to an unreadable message is its next frame. */
    static void assertQuiet(BroadcastSocket socket) {
        socket.send("{\"type\":\"subscribe\"}");
        assertThat(socket.next().text()).isEqualTo("{\"message\":\"Authentication required\",\"type\":\"error\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/sync/ws, Token required",
        "/sync/ws?token=, Token required",
        "/sync/ws?token=nope, Invalid token",
        "/sync/ws?token=expired-token, Invalid token"
    })
    @Tag("STR3")
    @DisplayName("[STR3] a socket without a token, or with a wrong one, is not opened")
    void notOpened(String path, String error) {
        HttpResponse<?> refused = BroadcastSocket.refused(application, path);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).hasToString("{\"error\":\"" + error + "\"}");
    }

    @Test
    @Tag("STR3")
    @Tag("CS11")
    @DisplayName(
            "[STR3][CS11] a socket is also opened with the token in its header, as clients other than browsers send it")
    void openedByHeader() {
        try (BroadcastSocket socket =
                BroadcastSocket.at(application, "/sync/ws", "Authorization", "Bearer alice-token")) {
            assertQuiet(socket);
        }
        HttpResponse<?> refused = BroadcastSocket.refused(application, "/sync/ws", "Authorization", "Bearer nope");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).hasToString("{\"error\":\"Invalid token\"}");
    }

    @Test
    @Tag("STR18")
    @DisplayName("[STR18] a subscription receives its backlog, a confirmation, and then new actions, the client's own "
            + "included")
    void subscribes() {
        String cursor = now();
        String missed = any();
        String last = bob.insert(missed, "ws-1");
        bob.insert(any(), "ws-b");
        try (BroadcastSocket socket = alice.open()) {
            socket.send(alice.subscription(cursor));
            Frame packet = socket.next();
            assertThat(packet.text())
                    .startsWith("{\"packet\":{\"actions\":[{\"action\":\"I\",\"clientId\":\"c\",\"clientTxId\":\"")
                    .endsWith("}],\"lastSyncId\":\"" + last + "\"},\"type\":\"delta\"}");
            assertThat(rows(packet)).containsExactly(missed);
            assertThat(socket.next().text())
                    .isEqualTo("{\"afterSyncId\":\"" + last
                            + "\",\"groups\":[\"ws-1\",\"ws-a\",\"alice\"],\"type\":\"subscribed\"}");

            String own = any();
            String bobs = any();
            alice.insert(own, "ws-a");
            bob.insert(bobs, "ws-1");
            assertThat(rows(socket.next())).containsExactly(own);
            assertThat(rows(socket.next())).containsExactly(bobs);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"groups\":[],", "\"groups\":null,", ""})
    @Tag("STR18")
    @DisplayName("[STR18] a subscription without groups is for all of the user's")
    void allGroups(String groups) {
        try (BroadcastSocket socket = alice.open()) {
            socket.send("{" + groups + "\"afterSyncId\":\"" + now()
                    + "\",\"token\":\"alice-token\",\"type\":\"subscribe\"}");
            assertThat(socket.next().text()).contains("\"groups\":[\"ws-1\",\"ws-a\",\"alice\"]");
        }
    }

    @Test
    @Tag("STR18")
    @DisplayName("[STR18] groups that are not the user's are left out; a new subscription replaces the old one")
    void groups() {
        String cursor = now();
        try (BroadcastSocket socket = alice.open()) {
            socket.send(alice.subscription(cursor, "ws-b", "ws-a", "nope"));
            assertThat(socket.next().text())
                    .isEqualTo("{\"afterSyncId\":\"" + cursor + "\",\"groups\":[\"ws-a\"],\"type\":\"subscribed\"}");
            bob.insert(any(), "ws-1");
            bob.insert(any(), "ws-b");
            String mine = any();
            String place = alice.insert(mine, "ws-a");
            assertThat(rows(socket.next())).containsExactly(mine);

            socket.send(alice.subscription(place, "ws-1"));
            assertThat(socket.next().text()).contains("\"groups\":[\"ws-1\"]");
            alice.insert(any(), "ws-a");
            String shared = any();
            bob.insert(shared, "ws-1");
            assertThat(rows(socket.next())).containsExactly(shared);

            socket.send(alice.subscription(cursor, "ws-b"));
            assertThat(socket.next().text()).contains("\"groups\":[]");
            assertQuiet(socket);
        }
    }

    @Test
    @Tag("STR18")
    @DisplayName("[STR18] a socket belongs to its last subscription, whoever opened it")
    void otherToken() {
        String cursor = now();
        try (BroadcastSocket socket = alice.open()) {
            socket.send(bob.subscription(cursor));
            assertThat(socket.next().text())
                    .contains("\"groups\":[\"ws-1\",\"ws-b\",")
                    .endsWith("\"bob\"],\"type\":\"subscribed\"}");
            String row = any();
            alice.insert(any(), "ws-a");
            bob.insert(row, "ws-b");
            assertThat(rows(socket.next())).containsExactly(row);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"subscribe\",\"afterSyncId\":\"0\"}",
                "{\"type\":\"subscribe\",\"token\":\"\"}",
                "{\"type\":\"subscribe\",\"token\":7}",
                "{\"type\":\"subscribe\",\"token\":\"alice-token\",\"afterSyncId\":14}",
                "{\"type\":\"subscribe\",\"token\":\"alice-token\",\"afterSyncId\":\"-1\"}",
                "{\"type\":\"subscribe\",\"token\":\"alice-token\",\"groups\":\"ws-1\"}",
                "{\"type\":\"subscribe\",\"token\":\"alice-token\",\"groups\":[\"ws-1\",1]}"
            })
    @Tag("STR19")
    @DisplayName("[STR19] an unreadable subscription is refused, and changes nothing")
    void unreadable(String subscription) {
        try (BroadcastSocket socket = alice.subscribe(now(), "ws-a")) {
            socket.send(subscription);
            assertThat(socket.next().text()).isEqualTo("{\"message\":\"Authentication required\",\"type\":\"error\"}");
            String row = any();
            alice.insert(row, "ws-a");
            assertThat(rows(socket.next())).containsExactly(row);
        }
    }

    @Test
    @Tag("STR19")
    @DisplayName("[STR19] a wrong token ends the subscription, and the socket may subscribe again")
    void wrongToken() {
        try (BroadcastSocket socket = alice.subscribe(now())) {
            socket.send("{\"type\":\"subscribe\",\"token\":\"nope\"}");
            assertThat(socket.next().text()).isEqualTo("{\"message\":\"Invalid token\",\"type\":\"error\"}");
            String missed = any();
            String place = alice.insert(missed, "ws-a");
            assertQuiet(socket);

            socket.send(alice.subscription(String.valueOf(Long.parseLong(place) - 1), "ws-a"));
            assertThat(rows(StrataUser.untilSubscribed(socket))).containsExactly(missed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[1]", "null", "7", "{}", "{\"type\":\"ping\"}", "{\"type\":\"doc_view\"}", ""})
    @Tag("STR19")
    @DisplayName("[STR19] other messages are not answered")
    void ignored(String message) {
        try (BroadcastSocket idle = alice.open();
                BroadcastSocket socket = alice.subscribe(now(), "ws-a")) {
            idle.send(message);
            assertQuiet(idle);
            socket.send(message);
            assertQuiet(socket);
        }
    }

    @Test
    @Tag("STR18")
    @Tag("CS2")
    @DisplayName("[STR18][CS2] a cursor beyond the head needs a bootstrap; the socket receives nothing until the "
            + "client resubscribes")
    void beyond() {
        try (BroadcastSocket socket = alice.open()) {
            for (String beyond : List.of("8999999999999999", "99999999999999999999")) {
                socket.send(alice.subscription(beyond, "ws-a"));
                assertThat(socket.next().text())
                        .isEqualTo("{\"code\":\"BOOTSTRAP_REQUIRED\",\"message\":"
                                + "\"A fresh bootstrap is required before subscribing to deltas\",\"type\":\"error\"}");
            }
            alice.insert(any(), "ws-a");
            assertQuiet(socket);
            socket.send(alice.subscription(now(), "ws-a"));
            assertThat(socket.next().type()).isEqualTo("subscribed");
        }
    }

    @Test
    @Tag("STR19")
    @DisplayName("[STR19] a message of more than 1 MiB closes the socket with 1009")
    void tooLong() {
        try (BroadcastSocket socket = alice.subscribe(now())) {
            socket.send(" ".repeat(1024 * 1024));
            assertQuiet(socket);
            socket.send(" ".repeat(1024 * 1024 + 1));
            assertThat(socket.closed().code()).isEqualTo(1009);
        }
    }

    @Test
    @Tag("STR10")
    @DisplayName("[STR10] a mutation's actions are one packet, live and from the backlog")
    void onePacket() {
        String cursor = now();
        try (BroadcastSocket live = alice.subscribe(cursor, "ws-a")) {
            alice.api()
                    .post("/api/ws-a/Task/bulk", "{\"items\":[{\"title\":\"a\"},{\"title\":\"b\"},{\"title\":\"c\"}]}");
            Frame packet = live.next();
            List<JsonObject> actions = StrataUser.actions(packet);
            assertThat(actions)
                    .extracting(action -> action.getJsonObject("data").getString("title"))
                    .containsExactly("a", "b", "c");
            assertThat(packet.json().getJsonObject("packet").getString("lastSyncId"))
                    .isEqualTo(actions.getLast().getString("syncId"));
            try (BroadcastSocket late = alice.open()) {
                late.send(alice.subscription(cursor, "ws-a"));
                assertThat(late.next().text()).isEqualTo(packet.text());
            }
        }
    }

    @Test
    @Tag("STR18")
    @DisplayName("[STR18] while many clients write, and clients subscribe again and again, ids increase, and none is "
            + "missing")
    void increasing() {
        String cursor = now();
        List<CompletableFuture<Set<String>>> written = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        List<String> seenAnew = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
                BroadcastSocket socket = alice.subscribe(cursor, "ws-1");
                BroadcastSocket restless = alice.subscribe(cursor, "ws-1")) {
            for (int i = 0; i < WRITERS; i++) {
                written.add(CompletableFuture.supplyAsync(this::writeSome, writers));
            }
            while (seen.size() < WRITERS * ROWS_OF_EACH) {
                StrataUser.actions(socket.next()).forEach(action -> seen.add(action.getString("syncId")));
            }
            while (seenAnew.size() < seen.size()) {
                Frame frame = restless.next();
                if (frame.type().equals("delta")) {
                    takesNews(frame, seenAnew);
                    if (seenAnew.size() % WRITERS == 0) {
                        restless.send(alice.subscription(seenAnew.getLast(), "ws-1"));
                    }
                }
            }
        }

        Set<String> all = new HashSet<>();
        written.forEach(each -> all.addAll(each.join()));
        assertThat(seen).hasSize(all.size()).containsAll(all);
        assertThat(seen.stream().map(Long::valueOf)).isSorted();
        assertThat(seenAnew).isEqualTo(seen);
    }

    private Set<String> writeSome() {
        Set<String> places = new HashSet<>();
        IntStream.range(0, ROWS_OF_EACH).forEach(i -> places.add(bob.insert(any(), "ws-1")));
        return places;
    }

    /** As a client does: an action that is not newer than the last one is dropped. */
    private static void takesNews(Frame packet, List<String> seen) {
        for (JsonObject action : StrataUser.actions(packet)) {
            String id = action.getString("syncId");
            if (seen.isEmpty() || Long.parseLong(id) > Long.parseLong(seen.getLast())) {
                seen.add(id);
            }
        }
    }

    private static JsonObject awaitGroups(BroadcastSocket socket) {
        JsonObject action = StrataUser.actions(socket.next()).getFirst();
        assertThat(action.getString("action")).isEqualTo("G");
        return action;
    }

    private static List<String> groups(JsonObject received) {
        return received
                .getJsonObject("data")
                .getJsonArray("subscribedSyncGroups")
                .getValuesAs(JsonString.class)
                .stream()
                .map(JsonString::getString)
                .toList();
    }

    @Test
    @Tag("STR21")
    @DisplayName(
            "[STR21] a user who joins or leaves a group receives all groups within 1 s, on all sockets and in deltas")
    void changeOfGroups() {
        String group = "joined-" + any();
        bob.join("bob", group); // any client has to write there
        String before = bench.insert(any(), "ws-bench");
        try (BroadcastSocket one = bench.subscribe(before);
                BroadcastSocket other = bench.subscribe(before, "ws-bench")) {
            long asked = System.nanoTime();
            alice.join("bench", group);
            JsonObject received = awaitGroups(one);
            JsonObject receivedOther = awaitGroups(other);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
            assertThat(groups(receivedOther)).isEqualTo(groups(received));
            assertThat(received.getString("groupId")).isEqualTo("bench");
            assertThat(groups(received)).startsWith("ws-bench").contains(group).endsWith("bench");
            String place = received.getString("syncId");
            assertThat(bench.api()
                            .get("/sync/deltas?after=" + before + "&limit=1")
                            .json()
                            .getJsonArray("actions")
                            .getJsonObject(0)
                            .getString("syncId"))
                    .isEqualTo(place);

            String row = any();
            bob.insert(row, group);
            one.send(bench.subscription(place, groups(received).toArray(String[]::new)));
            assertThat(rows(StrataUser.untilSubscribed(one))).containsExactly(row);

            alice.leave("bench", group);
            JsonObject left = awaitGroups(one);
            assertThat(groups(left)).doesNotContain(group);
            bob.insert(any(), group);
            one.send(bench.subscription(
                    left.getString("syncId"), groups(received).toArray(String[]::new)));
            assertThat(one.next().text()).contains("\"type\":\"subscribed\"").doesNotContain(group);
            assertQuiet(one);
        }
    }

    @Test
    @Tag("STR21")
    @DisplayName("[STR21] after a change of groups the socket receives nothing until the client resubscribes; then all"
            + " since")
    void silentUntilResubscribed() {
        String group = "left-" + any();
        bob.join("bob", group);
        alice.join("bench", group);
        try (BroadcastSocket socket = bench.subscribe(bench.insert(any(), "ws-bench"), "ws-bench", group)) {
            String seen = any();
            bob.insert(seen, group);
            assertThat(rows(socket.next())).containsExactly(seen);
            alice.join("bench", group + "-2");
            JsonObject joined = awaitGroups(socket);
            String others = any();
            bob.insert(others, group);
            alice.leave("bench", group);
            bob.insert(any(), group);
            String mine = any();
            bench.insert(mine, "ws-bench");
            assertQuiet(socket);

            socket.send(bench.subscription(
                    joined.getString("syncId"), groups(joined).toArray(String[]::new)));
            JsonObject left = awaitGroups(socket);
            assertThat(groups(left)).contains(group + "-2").doesNotContain(group);
            socket.send(bench.subscription(left.getString("syncId"), "ws-bench", group));
            assertThat(rows(StrataUser.untilSubscribed(socket))).containsExactly(mine);
        }
    }

    @Test
    @Tag("STR11")
    @DisplayName("[STR11] a full bootstrap with the sent list of groups includes groups joined since")
    void beginsAnew() {
        String group = "since-" + any();
        bob.join("bob", group);
        String row = any();
        bob.insert(row, group);
        alice.join("bench", group);

        String asked = "/sync/bootstrap?onlyModels=Task&schemaHash=x&type=";
        assertThat(bench.api().get(asked + "full&syncGroups=ws-bench,bench").body())
                .contains("\"" + group + "\"", row);
        assertThat(bench.api().get(asked + "full&syncGroups=ws-bench").body()).doesNotContain(group, row);
        assertThat(bench.api()
                        .get(asked + "partial&firstSyncId=1&syncGroups=ws-bench,bench")
                        .body())
                .doesNotContain(group, row);
        alice.leave("bench", group);
    }
}
