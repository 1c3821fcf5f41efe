package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deltas, bootstraps and loads that Strata's clients rely on, compared with captures of the original server. */
abstract class StrataReadsContract extends StrataHttpUsers {
    /** Number of reads while another client writes. */
    private static final int LOOKS = 15;

    StrataReadsContract(Server server) {
        super(server);
    }

    @Test
    @Tag("STR6")
    @DisplayName("[STR6] deltas come page by page, in order, of the caller's groups only")
    void deltas() {
        String shared = anyId();
        String place = done(alice, insert(shared, "ws-1", "shared"));
        done(alice, insert(anyId(), "ws-a", "alice's"));
        done(bob, insert(anyId(), "ws-b", "bob's"));
        done(bob, Tx.of("UPDATE", shared, "{\"title\":\"again\"}"));

        List<String> seen = new ArrayList<>();
        String after = before(place);
        boolean more = true;
        while (more) {
            JsonObject page = bob.get("/sync/deltas?limit=1&after=" + after).json();
            assertThat(page.keySet()).containsExactly("actions", "hasMore", "lastSyncId");
            List<JsonObject> actions = page.getJsonArray("actions").getValuesAs(JsonObject.class);
            assertThat(actions).hasSizeLessThanOrEqualTo(1);
            actions.forEach(action -> seen.add(action.getString("groupId")));
            after = page.getString("lastSyncId");
            more = page.getBoolean("hasMore");
        }
        assertThat(seen).containsSubsequence("ws-1", "ws-b", "ws-1").doesNotContain("ws-a");
        assertThat(actions(alice, before(place), "&syncGroups=ws-a,ws-b"))
                .extracting(action -> action.getString("groupId"))
                .containsOnly("ws-a");
        assertThat(alice.get("/sync/deltas?after=" + before(place) + "&syncGroups=ws-b")
                        .body())
                .isEqualTo("{\"actions\":[],\"hasMore\":false,\"lastSyncId\":\"" + before(place) + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8999999999999999", "99999999999999999999"})
    @Tag("STR18")
    @Tag("CS2")
    @DisplayName("[STR18][CS2] deltas after a position beyond the head need a bootstrap")
    void deltasBeyondHead(String beyond) {
        Answer refused = alice.get("/sync/deltas?after=" + beyond);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body())
                .isEqualTo("{\"error\":\"BOOTSTRAP_REQUIRED\",\"message\":"
                        + "\"A fresh bootstrap is required before fetching deltas\"}");
    }

    @Test
    @Tag("STR11")
    @DisplayName("[STR11] a bootstrap has the rows of the caller's groups, as lines, and an end line")
    void bootstrap() {
        String mine = anyId();
        String bobs = anyId();
        done(alice, insert(mine, "ws-a", "mine"));
        String place = done(bob, insert(bobs, "ws-b", "bob's"));

        String body = alice.get("/sync/bootstrap?type=full&onlyModels=Ghost,Task&schemaHash=a%22b&syncGroups=ws-a,ws-b")
                .body();
        JsonObject metadata = json(body.lines().findFirst().orElseThrow());
        assertThat(metadata.keySet())
                .containsExactly("lastSyncId", "returnedModelsCount", "schemaHash", "subscribedSyncGroups");
        assertThat(Long.parseLong(metadata.getString("lastSyncId"))).isGreaterThanOrEqualTo(Long.parseLong(place));
        assertThat(metadata.getJsonObject("returnedModelsCount").keySet()).containsExactly("Ghost", "Task");
        assertThat(metadata.getString("schemaHash")).isEqualTo("a\"b");
        assertThat(metadata.get("subscribedSyncGroups")).hasToString("[\"ws-a\"]");
        assertThat(body.lines().filter(line -> line.contains(mine)))
                .singleElement()
                .asString()
                .matches("\\{\"__class\":\"Task\",\"id\":\"" + mine + "\",\"title\":\"mine\",\"notes\":null,"
                        + "\"priority\":0,\"completedAt\":null,\"dueOn\":null,\"workspaceId\":\"ws-a\","
                        + "\"createdAt\":[0-9]{13},\"archivedAt\":null}");
        assertThat(ids(rows(alice, ""))).contains(mine).doesNotContain(bobs);
        assertThat(rows(alice, "syncGroups=ws-b")).isEmpty();
        assertThat(ids(rows(alice, "type=partial&firstSyncId=1&syncGroups=ws-a&noSyncPackets=true")))
                .contains(mine);
    }

    @Test
    @Tag("STR11")
    @DisplayName("[STR11] rows and position are of one instant, while other clients write")
    void oneInstant() {
        String row = anyId();
        String place = done(bob, insert(row, "ws-b", "0"));
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 1; !enough.get(); i++) {
                done(bob, Tx.of("UPDATE", row, "{\"title\":\"" + i + "\"}"));
            }
        });
        Map<Long, String> titles = new HashMap<>();
        for (int i = 0; i < LOOKS; i++) {
            List<JsonObject> lines = lines(
                    bob.get("/sync/bootstrap?onlyModels=Task&syncGroups=ws-b").body());
            lines.stream()
                    .filter(line -> row.equals(line.getString("id", "")))
                    .forEach(line -> titles.put(
                            Long.valueOf(lines.getFirst().getString("lastSyncId")), line.getString("title")));
        }
        enough.set(true);
        writer.join();

        List<JsonObject> actions = actions(bob, before(place), "&syncGroups=ws-b").stream()
                .filter(action -> action.getString("modelId").equals(row))
                .toList();
        assertThat(titles)
                .isNotEmpty()
                .allSatisfy((at, title) -> assertThat(actions.stream()
                                .filter(action -> Long.parseLong(action.getString("syncId")) <= at)
                                .reduce((first, second) -> second)
                                .orElseThrow()
                                .getJsonObject("data")
                                .getString("title"))
                        .isEqualTo(title));
    }

    @Test
    @Tag("STR12")
    @DisplayName(
            "[STR12] a batch response has the rows of its loads, of the caller's groups only; an unknown key ends it")
    void batch() {
        String task = anyId();
        String mine = anyId();
        String bobs = anyId();
        String body = "\"taskId\":\"" + task + "\",\"body\":\"hi\",";
        done(
                alice,
                Tx.of("INSERT", mine, "{" + body + "\"workspaceId\":\"ws-1\"}").model("Comment"));
        done(
                bob,
                Tx.of("INSERT", bobs, "{" + body + "\"workspaceId\":\"ws-b\"}").model("Comment"));
        String byTask = "{\"modelName\":\"Comment\",\"indexedKey\":\"taskId\",\"keyValue\":\"" + task + "\"}";
        String byId = "{\"modelName\":\"Comment\",\"indexedKey\":\"id\",\"keyValue\":\"" + bobs + "\"}";
        String ofGroup = "{\"modelName\":\"Comment\",\"groupId\":\"ws-b\"}";
        String byBody = "{\"modelName\":\"Comment\",\"indexedKey\":\"body\",\"keyValue\":\"hi\"}";
        String unknown = "{\"modelName\":\"Ghost\",\"groupId\":\"ws-1\"}";

        assertThat(ids(lines(load(alice, byTask, byId, ofGroup, unknown)))).containsExactly(mine);
        assertThat(ids(lines(load(alice, byTask, byTask)))).containsExactly(mine);
        assertThat(ids(lines(load(bob, byTask)))).containsExactlyInAnyOrder(mine, bobs);
        assertThat(ids(lines(load(bob, ofGroup)))).contains(bobs).doesNotContain(mine);
        assertThat(load(alice, byTask, byBody, byTask).lines().skip(1))
                .containsExactly("{\"message\":\"Indexed key \\\"body\\\" is not allowed for model \\\"Comment\\\"\","
                        + "\"type\":\"error\"}");
        JsonObject changed = actions(
                        alice,
                        before(done(
                                alice,
                                Tx.of("UPDATE", mine, "{\"body\":\"ho\"}").model("Comment"))),
                        "")
                .getFirst();
        assertThat(changed.getJsonObject("data").keySet()).contains("id", "taskId", "body", "workspaceId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\ud800", "a\\udfff", "\\u0001", "'; --", "\\ud83d\\ude00"})
    @Tag("STR12")
    @Tag("CS5")
    @DisplayName("[STR12][CS5] a load by a value that no row has returns no rows, whatever the value")
    void oddKeyValues(String value) {
        String byTask = "{\"modelName\":\"Comment\",\"indexedKey\":\"taskId\",\"keyValue\":\"" + value + "\"}";

        assertThat(load(alice, byTask)).isEmpty();
    }

    private static String load(Api by, String... requests) {
        Answer answer = by.post(BATCH, "{\"firstSyncId\":\"1\",\"requests\":[" + String.join(",", requests) + "]}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/x-ndjson");
        return answer.body();
    }

    @Test
    @Tag("STR14")
    @DisplayName("[STR14] clients that accept gzip receive it, in one piece and with its length")
    void compressed() throws IOException {
        List<Tx> some = IntStream.range(0, 50)
                .mapToObj(i -> insert(anyId(), "ws-a", "n" + i))
                .toList();
        mutate(alice, some.toArray(Tx[]::new));

        String plain =
                alice.get("/sync/bootstrap?onlyModels=Task&syncGroups=ws-a").body();
        HttpResponse<byte[]> packed =
                alice.exchange("GET", "/sync/bootstrap?onlyModels=Task&syncGroups=ws-a", "Accept-Encoding", "br, gzip");

        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().firstValueAsLong("Content-Length")).hasValue(packed.body().length);
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .hasSameSizeAs(plain)
                    .contains("n49");
        }
        assertThat(packed.body().length).isLessThan(plain.length() / 2);
    }

    @Test
    @Tag("SNAP6")
    @DisplayName("[SNAP6] concurrent requests are all answered completely, each with the rows visible to its caller")
    void atOnce() {
        String mine = anyId();
        String bobs = anyId();
        done(alice, insert(mine, "ws-a", "mine"));
        done(bob, insert(bobs, "ws-b", "bob's"));
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            List<CompletableFuture<List<JsonObject>>> asked = IntStream.range(0, 60)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> lines((i % 2 == 0 ? alice : bob)
                                    .get("/sync/bootstrap?onlyModels=Task")
                                    .body()),
                            executor))
                    .toList();
            for (int i = 0; i < asked.size(); i++) {
                List<JsonObject> lines = asked.get(i).join();
                assertThat(lines.getLast().getString("type")).isEqualTo("end");
                assertThat(ids(lines.subList(1, lines.size() - 1)))
                        .contains(i % 2 == 0 ? mine : bobs)
                        .doesNotContain(i % 2 == 0 ? bobs : mine);
            }
        }
    }
}
