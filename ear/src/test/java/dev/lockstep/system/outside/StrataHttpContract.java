package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.StrataUser;
import dev.lockstep.system.server.Server;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HTTP behaviour that Strata's clients rely on, compared with captures of the original server. Alice is in the groups
 * ws-1 and ws-a, Bob in ws-1 and ws-b.
 */
abstract class StrataHttpContract {
    private static final String MUTATE = "/sync/mutate";
    private static final String BATCH = "/sync/batch";
    private static final String NOT_FOUND = "Invalid mutation: record not found";

    /** Number of reads while another client writes. */
    private static final int LOOKS = 15;

    private final Api anybody;
    final Api alice;
    private final StrataUser aliceUser;
    private final Api bob;
    private final Api todoApp;

    StrataHttpContract(Server server) {
        anybody = new Api(server.application("strata-tasks"));
        alice = anybody.with("Authorization", "Bearer alice-token");
        aliceUser = new StrataUser(server.application("strata-tasks"), "alice-token");
        bob = anybody.with("Authorization", "bearer bob-token");
        todoApp = new Api(server.application("todo-app"));
    }

    /** A transaction of a client of its own. */
    private record Tx(String action, String model, String row, String payload, String id) {
        static Tx of(String action, String row, String payload) {
            return new Tx(action, "Task", row, payload, anyId());
        }

        Tx model(String other) {
            return new Tx(action, other, row, payload, id);
        }

        Tx again(String otherPayload) {
            return new Tx(action, model, row, otherPayload, id);
        }

        String json() {
            return "{\"action\":\"" + action + "\",\"clientId\":\"c-1\",\"clientTxId\":\"" + id + "\",\"modelName\":\""
                    + model + "\",\"modelId\":\"" + row + "\",\"payload\":" + payload + "}";
        }
    }

    private static String anyId() {
        return UUID.randomUUID().toString();
    }

    private static Tx insert(String row, String group, String title) {
        return Tx.of("INSERT", row, "{\"title\":\"" + title + "\",\"workspaceId\":\"" + group + "\"}");
    }

    private static Answer mutate(Api by, Tx... transactions) {
        String all = List.of(transactions).stream().map(Tx::json).collect(Collectors.joining(","));
        return by.post(MUTATE, "{\"batchId\":\"b\",\"transactions\":[" + all + "]}");
    }

    /** The outcome of each: its position in the log, or the reason. */
    private static List<String> outcomes(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().getJsonArray("results").getValuesAs(JsonObject.class).stream()
                .map(each -> each.getBoolean("success") ? each.getString("syncId") : each.getString("error"))
                .toList();
    }

    private static String done(Api by, Tx transaction) {
        String place = outcomes(mutate(by, transaction)).getFirst();
        assertThat(place).matches("[0-9]+");
        return place;
    }

    private static List<JsonObject> actions(Api by, String after, String more) {
        return by.get("/sync/deltas?after=" + after + "&limit=5000" + more)
                .json()
                .getJsonArray("actions")
                .getValuesAs(JsonObject.class);
    }

    private static List<JsonObject> lines(String body) {
        return body.lines().map(StrataHttpContract::json).toList();
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static List<JsonObject> rows(Api by, String query) {
        List<JsonObject> lines = lines(by.get("/sync/bootstrap?" + query).body());
        assertThat(lines.getLast().getString("type")).isEqualTo("end");
        List<JsonObject> rows = lines.subList(1, lines.size() - 1);
        assertThat(lines.getLast().getInt("rowCount")).isEqualTo(rows.size());
        return rows;
    }

    private static List<String> ids(List<JsonObject> rows) {
        return rows.stream().map(row -> row.getString("id")).toList();
    }

    private static void assertRefused(Answer answer, int status, String body) {
        assertThat(answer.status() + " " + answer.body()).isEqualTo(status + " " + body);
        assertThat(answer.contentType().replace(" ", "")).isEqualToIgnoringCase("application/json;charset=utf-8");
    }

    @Test
    @Tag("STR2")
    @DisplayName("[STR2] missing or wrong credentials are refused in the contract's words")
    void unauthorized() {
        for (String path : List.of("/sync/bootstrap", "/sync/deltas?after=0")) {
            assertRefused(anybody.get(path), 401, "{\"error\":\"Authorization header required\"}");
            assertRefused(
                    anybody.with("Authorization", "Basic abc").get(path),
                    401,
                    "{\"error\":\"Invalid authorization format\"}");
            assertRefused(anybody.with("Authorization", "Bearer nope").get(path), 401, "{\"error\":\"Invalid token\"}");
            assertRefused(
                    anybody.with("Authorization", "Bearer expired-token").get(path),
                    401,
                    "{\"error\":\"Token expired\"}");
        }
        assertRefused(
                anybody.post(BATCH, "{\"requests\":[{\"modelName\":\"Task\",\"groupId\":\"ws-1\"}]}"),
                401,
                "{\"error\":\"Authorization header required\"}");
    }

    @Test
    @Tag("STR4")
    @DisplayName("[STR4] an unreadable request is refused before its caller is")
    void validation() {
        Answer answer = anybody.post(MUTATE, "{\"batchId\":\"\",\"transactions\":[]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .matches("\\{\"details\":\\[\\{\"field\":\"batchId\",\"message\":\"Batch ID is required\"},"
                        + "\\{\"field\":\"transactions\",\"message\":\"At least one transaction is required\"}],"
                        + "\"error\":\"Validation failed\",\"requestId\":\"req-[0-9a-z]+\",\"source\":\"body\"}");
        assertThat(anybody.get("/sync/deltas?after=abc").body()).contains("After must be a numeric string");
        assertThat(anybody.get("/sync/bootstrap?type=partial").body())
                .contains("firstSyncId is required for partial bootstrap");
        assertThat(anybody.post(BATCH, "{\"requests\":[]}").body()).contains("At least one request is required");
        assertThat(anybody.post(MUTATE, "{bad json").body()).contains("FST_ERR_CTP_INVALID_JSON_BODY");
        assertThat(anybody.send("POST", MUTATE, "a=b", "text/plain").body())
                .contains("Invalid input: expected object, received string");
        assertThat(anybody.send("POST", MUTATE, "<a/>", "application/xml").body())
                .isEqualTo("{\"statusCode\":415,\"code\":\"FST_ERR_CTP_INVALID_MEDIA_TYPE\",\"error\":"
                        + "\"Unsupported Media Type\",\"message\":\"Unsupported Media Type: application/xml\"}");
        assertThat(anybody.post(BATCH, " ".repeat(1_048_576)).body())
                .isEqualTo("{\"statusCode\":413,\"code\":\"FST_ERR_CTP_BODY_TOO_LARGE\",\"error\":"
                        + "\"Payload Too Large\",\"message\":\"Request body is too large\"}");
    }

    @Test
    @Tag("STR28")
    @Tag("CS3")
    @DisplayName("[STR28][CS3] offline changes are accepted at once, however large their texts are")
    void offlineBatch() {
        String notes = "語".repeat(10_000);
        Tx[] edits = Stream.generate(
                        () -> Tx.of("INSERT", anyId(), "{\"notes\":\"" + notes + "\",\"workspaceId\":\"ws-a\"}"))
                .limit(60)
                .toArray(Tx[]::new);

        assertThat(outcomes(mutate(alice, edits))).hasSize(60).allMatch(each -> each.matches("[0-9]+"));
        assertThat(mutate(anybody, edits).status()).isEqualTo(401);
    }

    @Test
    @Tag("STR28")
    @Tag("CS3")
    @DisplayName("[STR28][CS3] of a body over the limit the fitting transactions are executed; one that alone is over "
            + "it is refused by its id")
    void overLimit() {
        String text = "x".repeat(9 * 1024 * 1024);
        Tx small = insert(anyId(), "ws-a", "fits");
        Tx large = insert(anyId(), "ws-a", text);

        try (BroadcastSocket subscriber = aliceUser.open()) {
            assertThat(outcomes(mutate(alice, small, large, insert(anyId(), "ws-a", text))))
                    .hasSize(2)
                    .first()
                    .asString()
                    .matches("[0-9]+");
            // The client sends the rest with its next connection.
            assertThat(subscriber.closed().code()).isEqualTo(1012);
        }
        Answer alone = mutate(alice, insert(anyId(), "ws-a", text + text), small);
        assertThat(alone.status()).isEqualTo(400);
        assertThat(alone.json().getString("clientTxId")).isNotEmpty();
        assertThat(alone.body()).contains("The transaction is larger than a request may be (16777216 bytes)");
    }

    @Test
    @Tag("STR27")
    @Tag("CS7")
    @DisplayName("[STR27][CS7] a too deeply nested transaction does not affect the others of its request")
    void nested() {
        Tx deep = Tx.of(
                "INSERT", anyId(), "{\"workspaceId\":\"ws-a\",\"title\":" + "[".repeat(64) + "]".repeat(64) + "}");
        Tx number = Tx.of("INSERT", anyId(), "{\"workspaceId\":\"ws-a\",\"priority\":1e9999999999}");
        Tx fine = insert(anyId(), "ws-a", "fine");

        List<String> outcomes = outcomes(mutate(alice, deep, number, fine));
        assertThat(outcomes.get(0)).isEqualTo("title: nested deeper than 60 levels; flatten it");
        assertThat(outcomes.get(1)).isEqualTo("priority: a number is out of range");
        assertThat(outcomes.get(2)).matches("[0-9]+");
    }

    @Test
    @Tag("STR27")
    @Tag("CS6")
    @DisplayName("[STR27][CS6] an id that cannot be stored is refused with its field")
    void unstorableIds() {
        for (String odd : List.of("x\\ud800", "a\\u0000b", "m".repeat(300))) {
            Tx fine = insert(anyId(), "ws-a", "fine");
            List<String> outcomes = outcomes(mutate(
                    alice,
                    insert(odd, "ws-a", "t"),
                    Tx.of("UPDATE", odd, "{}"),
                    insert(anyId(), odd, "t"),
                    insert(anyId(), "ws-a", "t").model(odd),
                    Tx.of("DELETE", anyId(), "{\"taskId\":\"a\\ud800\",\"labelId\":\"b\"}")
                            .model("TaskLabel"),
                    fine));

            assertThat(outcomes.subList(0, 2)).allMatch(each -> each.startsWith("Model ID (modelId) is at most 255"));
            assertThat(outcomes.get(2)).startsWith("workspaceId: ");
            assertThat(outcomes.get(3)).startsWith("Model name (modelName) is at most 255");
            assertThat(outcomes.get(4)).startsWith("taskId: ");
            assertThat(outcomes.get(5)).matches("[0-9]+");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/sync/nope",
        "GET,/sync/mutate",
        "POST,/sync/deltas",
        "POST,/sync/bootstrap",
        "GET,/sync/batch",
        "OPTIONS,/sync/batch"
    })
    @Tag("STR1")
    @DisplayName("[STR1] an unknown route answers 404, in the contract's words")
    void noRoute(String method, String path) {
        assertRefused(
                alice.sendNothing(method, path),
                404,
                "{\"message\":\"Route " + method + ":" + path
                        + " not found\",\"error\":\"Not Found\",\"statusCode\":404}");
    }

    @Test
    @Tag("STR1")
    @DisplayName("[STR1] an application without the dialect has nothing at its paths")
    void notSpoken() {
        for (String path : List.of("/sync/bootstrap", "/sync/batch", "/sync/deltas", "/sync/mutate")) {
            assertThat(todoApp.get(path).status()).isEqualTo(404);
        }
    }

    @Test
    @Tag("STR8")
    @DisplayName("[STR8] a change of a row is in the log, with the client and its transaction")
    void lifeOfARow() {
        String row = anyId();
        Tx insert = Tx.of(
                "INSERT",
                row,
                "{\"id\":\"x\",\"title\":\"First\",\"workspaceId\":\"ws-1\",\"dueOn\":1767225600000,"
                        + "\"createdAt\":1767225600123,\"unknownField\":1}");
        Tx update = Tx.of("UPDATE", row, "{\"title\":\"v2\",\"completedAt\":1767230000000,\"workspaceId\":\"ws-a\"}");
        List<String> places = outcomes(mutate(
                alice,
                insert,
                update,
                Tx.of("UPDATE", row, "{\"nope\":3}"),
                Tx.of("ARCHIVE", row, "{\"archivedAt\":1767240000000}"),
                Tx.of("UNARCHIVE", row, "{}"),
                Tx.of("DELETE", row, "{\"title\":\"v2\"}")));

        List<JsonObject> actions = actions(alice, before(places.getFirst()), "").stream()
                .filter(action -> action.getString("modelId").equals(row))
                .toList();
        assertThat(actions).extracting(action -> action.getString("syncId")).isEqualTo(places);
        assertThat(actions.getFirst().toString())
                .matches("\\{\"action\":\"I\",\"clientId\":\"c-1\",\"clientTxId\":\"" + insert.id()
                        + "\",\"createdAt\":\"[-0-9]{10}T[:0-9]{8}\\.[0-9]{3}Z\",\"data\":\\{\"id\":\"" + row
                        + "\",\"title\":\"First\",\"notes\":null,\"priority\":0,\"completedAt\":null,\"dueOn\":"
                        + "1767225600000,\"workspaceId\":\"ws-1\",\"createdAt\":1767225600123,\"archivedAt\":null},"
                        + "\"groupId\":\"ws-1\",\"modelId\":\"" + row + "\",\"modelName\":\"Task\",\"syncId\":\""
                        + places.getFirst() + "\"}");
        assertThat(actions.subList(1, 5))
                .extracting(action -> action.getString("action") + action.getJsonObject("data"))
                .containsExactly(
                        "U{\"title\":\"v2\",\"completedAt\":1767230000000}",
                        "U{}",
                        "A{\"archivedAt\":1767240000000}",
                        "V{\"archivedAt\":null}");
        assertThat(actions.getLast().getString("action")).isEqualTo("D");
        assertThat(actions.getLast().getJsonObject("data").getString("title")).isEqualTo("v2");
    }

    private static String before(String place) {
        return String.valueOf(Long.parseLong(place) - 1);
    }

    @Test
    @Tag("STR13")
    @DisplayName("[STR13] a failed transaction is answered with its reason, and does not affect later ones")
    void failures() {
        String mine = anyId();
        String bobs = anyId();
        done(bob, insert(bobs, "ws-b", "bob's"));
        Answer answer = mutate(
                alice,
                Tx.of("INSERT", anyId(), "{}").model("Nope"),
                Tx.of("INSERT", anyId(), "{\"title\":\"x\"}"),
                insert(anyId(), "ws-b", "x"),
                Tx.of("INSERT", anyId(), "{\"workspaceId\":\"ws-1\",\"createdAt\":\"2026-01-01T00:00:00Z\"}"),
                Tx.of("INSERT", anyId(), "{\"workspaceId\":\"ws-1\",\"dueOn\":1767225600001}"),
                Tx.of("UPDATE", anyId(), "{\"title\":\"x\"}"),
                Tx.of("UPDATE", bobs, "{\"title\":\"x\"}"),
                Tx.of("ARCHIVE", anyId(), "{\"archivedAt\":1}").model("Label"),
                insert(mine, "ws-1", "mine"),
                Tx.of("ARCHIVE", mine, "{}"),
                Tx.of("DELETE", mine, "{}"));

        List<String> outcomes = outcomes(answer);
        assertThat(outcomes.subList(0, 8))
                .containsExactly(
                        "Unknown model: Nope",
                        "Invalid mutation: missing required group identifier",
                        "Access denied",
                        "Invalid instant value for createdAt",
                        "Invalid dateOnly value for dueOn",
                        NOT_FOUND,
                        "Access denied",
                        NOT_FOUND);
        assertThat(outcomes.get(9)).isEqualTo("archivedAt is required");
        assertThat(answer.json().getBoolean("success")).isFalse();
        assertThat(answer.json().getString("lastSyncId")).isEqualTo(outcomes.get(10));
        assertThat(rows(bob, "onlyModels=Task"))
                .filteredOn(row -> row.getString("id").equals(bobs))
                .extracting(row -> row.getString("title"))
                .containsExactly("bob's");
    }

    @Test
    @Tag("STR5")
    @DisplayName("[STR5] a transaction takes effect once, however often and concurrently it is sent; each answer has "
            + "its position")
    void once() {
        String row = anyId();
        Tx insert = insert(row, "ws-1", "one");
        List<CompletableFuture<String>> sent = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                sent.add(CompletableFuture.supplyAsync(() -> done(alice, insert), executor));
            }
        }
        String place = sent.getFirst().join();
        assertThat(sent).allMatch(each -> each.join().equals(place));
        assertThat(done(alice, insert.again("{\"title\":\"other\",\"workspaceId\":\"ws-a\"}")))
                .isEqualTo(place);

        Tx delete = Tx.of("DELETE", row, "{}");
        String end = done(alice, delete);
        assertThat(done(alice, delete)).isEqualTo(end);
        assertThat(outcomes(mutate(alice, Tx.of("DELETE", row, "{}")))).containsExactly(NOT_FOUND);
        assertThat(actions(alice, before(place), ""))
                .filteredOn(action -> action.getString("modelId").equals(row))
                .hasSize(2);
    }

    @Test
    @Tag("STR15")
    @DisplayName("[STR15] rows of a join table have the id of their key, whatever id their client generated")
    void composites() {
        String task = anyId();
        String label = anyId();
        String key = "{\"taskId\":\"" + task + "\",\"labelId\":\"" + label + "\",\"workspaceId\":\"ws-1\"}";
        String place = done(alice, Tx.of("INSERT", anyId(), key).model("TaskLabel"));

        JsonObject action = actions(alice, before(place), "").getFirst();
        assertThat(action.getJsonObject("data")).isEqualTo(json(key));
        String id = action.getString("modelId");
        assertThat(UUID.fromString(id).version()).isEqualTo(5);
        assertThat(ids(rows(alice, "onlyModels=TaskLabel"))).contains(id);
        assertThat(outcomes(mutate(alice, Tx.of("UPDATE", anyId(), key).model("TaskLabel"))))
                .containsExactly("Unsupported action \"U\" for this model");
        done(alice, Tx.of("DELETE", anyId(), key).model("TaskLabel"));
        assertThat(ids(rows(alice, "onlyModels=TaskLabel"))).doesNotContain(id);
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
