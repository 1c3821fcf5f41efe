package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The endpoints for operators of event stores, on a server with the key {@link #KEY}. */
abstract class StoreOperatorsContract {
    static final String KEY = "a-key-for-the-tests-of-operators-only";

    private static final String STORES = "/sync/stores";
    private static final String LINES = "application/x-ndjson";

    private final URI application;
    private final Api operator;
    private final Server server;

    StoreOperatorsContract(Server server) {
        this.server = server;
        application = server.application("livestore-notes");
        operator = new Api(application).with("Authorization", "Bearer " + KEY);
    }

    private static String store() {
        return "operated " + UUID.randomUUID();
    }

    private static String path(String store) {
        return STORES + "/"
                + store.replace("%", "%25")
                        .replace(" ", "%20")
                        .replace("/", "%2F")
                        .replace("?", "%3F");
    }

    private static String line(long number, long parent) {
        return "{\"name\":\"v1.Odd\",\"seqNum\":" + number + ",\"parentSeqNum\":" + parent
                + ",\"clientId\":\"c\",\"sessionId\":\"s\",\"args\":{\"n\": 12345678901234567890, \"t\":\"\\u0000é\"}"
                + ",\"createdAt\":\"2026-11-21T01:02:03.004Z\"}\n";
    }

    private static String lines(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(number -> line(number, number - 1))
                .collect(Collectors.joining());
    }

    private Answer importTo(String store, String lines) {
        return operator.send("POST", path(store) + "/events", lines, LINES);
    }

    private JsonObject listed(String store) {
        String after = "";
        while (true) {
            JsonObject page = operator.get(STORES + "?limit=50" + after).json();
            for (JsonObject each : page.getJsonArray("stores").getValuesAs(JsonObject.class)) {
                if (each.getString("name").equals(store)) {
                    return each;
                }
            }
            assertThat(page.isNull("next")).as("the store is listed").isFalse();
            after = "&after=" + page.getString("next").replace("%", "%25").replace(" ", "%20");
        }
    }

    @Test
    @Tag("OPS13")
    @DisplayName("[OPS13] without the key all endpoints answer 401, and the key is in no log")
    void key() throws Exception {
        String store = store();
        importTo(store, lines(1, 2));
        Api nobody = new Api(application);
        Api other = nobody.with("Authorization", "Bearer " + KEY + "0");

        for (Api each : List.of(nobody, other, nobody.with("Cookie", "Authorization=" + KEY))) {
            assertThat(List.of(
                            each.get(STORES).status(),
                            each.get(path(store)).status(),
                            each.get(path(store) + "/events").status(),
                            each.send("POST", path(store) + "/events", lines(3, 4), LINES)
                                    .status(),
                            each.sendNothing("POST", path(store) + "/reset").status(),
                            each.delete(path(store)).status()))
                    .containsOnly(401);
        }
        assertThat(operator.get(path(store)).json().getInt("head")).isEqualTo(2);
        assertThat(operator.get(STORES + "/a/b/c").status()).isEqualTo(404);
        assertThat(operator.get(path(store()) + "/events").status()).isEqualTo(404);
        assertThat(new Api(server.application("strata-tasks"))
                        .with("Authorization", "Bearer " + KEY)
                        .get(STORES)
                        .status())
                .isEqualTo(404);
        assertThat(server.logged()).doesNotContain(KEY);
    }

    @Test
    @Tag("OPS16")
    @DisplayName("[OPS16] an export gives the lines that were imported, byte for byte, from any event on")
    void roundTrip() {
        String store = store() + " a/b%20?";
        String all = lines(1, 5_000) + line(7_000, 5_000);

        Answer first = importTo(store, lines(1, 3_000));
        Answer second = importTo(store, all);

        assertThat(first.body()).startsWith("{\"appended\":3000,\"present\":0,");
        assertThat(second.body()).startsWith("{\"appended\":2001,\"present\":3000,");
        HttpResponse<byte[]> export = operator.exchange("GET", path(store) + "/events");
        assertThat(new String(export.body(), StandardCharsets.UTF_8).equals(all))
                .isTrue();
        assertThat(export.headers().firstValue("lockstep-head")).contains("7000");
        assertThat(export.headers().firstValue("content-type")).contains(LINES);
        assertThat(operator.get(path(store) + "/events?after=4999").body())
                .isEqualTo(lines(5_000, 5_000) + line(7_000, 5_000));
        assertThat(operator.get(path(store) + "/events?after=7000").body()).isEmpty();
        assertThat(listed(store).getInt("events")).isEqualTo(5_001);
        assertThat(importTo(store, lines(1, 1).replace("v1.Odd", "v1.Other")).status())
                .isEqualTo(409);
        assertThat(importTo(store, "{}\n").message()).isEqualTo("line 1: seqNum: is missing; 0 events were appended");
    }

    @Test
    @Tag("EVT10")
    @DisplayName("[EVT10] a reset closes the sockets of the store, which reads as an empty one with another backend id")
    void reset() throws Exception {
        String store = store();
        importTo(store, lines(1, 3));
        try (LivePull pull = new LivePull(application, store)) {
            assertThat(pull.next()).contains("\"seqNum\":3");
            Deadline.ofSeconds(10)
                    .until("the pull is counted", () -> listed(store).getInt("clients") == 1);
            String before = listed(store).getString("backendId");

            JsonObject after =
                    operator.sendNothing("POST", path(store) + "/reset").json();

            assertThat(pull.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1012);
            assertThat(after.getInt("head")).isZero();
            assertThat(after.getString("backendId")).isNotEqualTo(before);
        }
        try (LivePull again = new LivePull(application, store)) {
            assertThat(again.next()).contains("\"batch\":[]");
        }
        assertThat(operator.get(path(store) + "/events").body()).isEmpty();
        assertThat(importTo(store, lines(1, 3)).body()).startsWith("{\"appended\":3,\"present\":0,");
    }

    @Test
    @Tag("EVT11")
    @DisplayName("[EVT11] an erased store has no events; its name and owner stay")
    void erase() {
        String store = store();
        operator.send("POST", path(store) + "/events?owner=alice", lines(1, 3_000), LINES);

        JsonObject erased = operator.delete(path(store)).json();

        assertThat(erased.getInt("events")).isZero();
        assertThat(erased.getString("owner")).isEqualTo("alice");
        assertThat(operator.get(path(store) + "/events").body()).isEmpty();
        assertThat(operator.delete(path(store())).status()).isEqualTo(404);
    }

    /** A live pull over a socket. */
    private static final class LivePull implements AutoCloseable, WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        LivePull(URI application, String store) {
            URI address = URI.create(application.toString().replaceFirst("http", "ws") + "/sync?storeId="
                    + store.replace(" ", "+") + "&transport=ws");
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(address, this)
                    .join();
            socket.sendText(
                            "{\"_tag\":\"Request\",\"id\":\"0\",\"tag\":\"SyncWsRpc.Pull\",\"payload\":{\"storeId\":\""
                                    + store + "\",\"live\":true,\"cursor\":{\"_tag\":\"None\"}},\"headers\":[]}",
                            true)
                    .join();
        }

        String next() throws InterruptedException {
            String message = received.poll(10, TimeUnit.SECONDS);
            return message == null ? "nothing" : message;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
