package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers to changes and refusals that Strata's clients rely on, compared with captures of the original server. */
abstract class StrataMutationsContract extends StrataHttpUsers {
    private static final String NOT_FOUND = "Invalid mutation: record not found";

    StrataMutationsContract(Server server) {
        super(server);
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
}
