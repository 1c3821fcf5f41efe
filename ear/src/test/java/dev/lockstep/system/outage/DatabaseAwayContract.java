package dev.lockstep.system.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.SignedInUser;
import dev.lockstep.system.client.StrataUser;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server while its database is stopped, and afterwards. */
public abstract class DatabaseAwayContract {
    private static final String TODOS = "/api/default/todos";

    /** Shortest outage, as the server sees it, that ends all sockets of Strata's dialect (STR30). */
    private static final Duration OUTAGE_FOR_ALL_MIN = Duration.ofSeconds(1);

    private final Server server;
    private final PostgresqlDatabase database;
    private final Api api;

    protected DatabaseAwayContract(Server server, PostgresqlDatabase database) {
        this.server = server;
        this.database = database;
        api = new Api(server.application("todo-app"));
    }

    /** A request that needs the database. */
    private record Needing(Api api, String method, String path, String json) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        HttpResponse<byte[]> send() {
            return json.isEmpty() ? api.exchange(method, path) : api.exchangeJson(method, path, json);
        }
    }

    private List<Needing> needing() {
        Api bulk = new Api(server.application("bulk-todo"));
        Api owner = new SignedInUser(server.application("auth-todo-app"), "admin").api();
        Api strata = new StrataUser(server.application("strata-tasks"), "alice-token").api();
        String task =
                "{\"batchId\":\"b\",\"transactions\":[{\"action\":\"%s\",\"clientId\":\"away\",\"clientTxId\":\"%s\","
                        + "\"modelId\":\"%s\",\"modelName\":\"Task\",\"payload\":{\"title\":\"x\",\"workspaceId\":\"ws-1\"}}]}";
        String row = UUID.randomUUID().toString();
        return List.of(
                new Needing(api, "GET", TODOS, ""),
                new Needing(api, "GET", TODOS + "?limit=1", ""),
                new Needing(api, "GET", TODOS + "?cursor=0", ""),
                new Needing(api, "POST", TODOS, "{\"title\":\"cannot be written\"}"),
                new Needing(api, "PUT", TODOS + "/" + row, "{\"title\":\"cannot be written\"}"),
                new Needing(api, "DELETE", TODOS + "/" + row, ""),
                new Needing(api, "POST", "/api/complete-all", ""),
                new Needing(bulk, "POST", TODOS + "/bulk", "{\"items\":[{\"title\":\"cannot be written\"}]}"),
                new Needing(owner, "GET", "/api/admin/todos", ""),
                new Needing(owner, "POST", "/api/ticket", ""),
                new Needing(strata, "POST", "/api/ticket", ""),
                new Needing(strata, "GET", "/sync/bootstrap", ""),
                new Needing(strata, "GET", "/sync/deltas?after=1", ""),
                new Needing(
                        strata,
                        "POST",
                        "/sync/batch",
                        "{\"requests\":[{\"modelName\":\"Task\",\"groupId\":\"ws-1\"}]}"),
                new Needing(strata, "POST", "/sync/mutate", task.formatted("INSERT", UUID.randomUUID(), row)),
                new Needing(strata, "POST", "/sync/mutate", task.formatted("UPDATE", UUID.randomUUID(), row)),
                new Needing(strata, "POST", "/members/bob/ws-1", ""),
                new Needing(strata, "DELETE", "/members/bob/ws-1", ""));
    }

    /** The log's lines about an outage, without those of the applications' own use of the pool. */
    private static List<String> linesOfOutage(String logged) {
        return logged.lines()
                .filter(line -> line.contains("Database unavailable")
                        || line.contains("Database available")
                        || line.contains("\tat ")
                        || line.contains("IJ0"))
                .toList();
    }

    @Test
    @Tag("OPS2")
    @Tag("OPS8")
    @Tag("OPS9")
    @Tag("STR30")
    @Tag("CS1")
    @Tag("CS4")
    @Tag("CS9")
    @DisplayName("[OPS2][OPS8][OPS9][STR30][CS1][CS4][CS9] while the database is unreachable the server is not ready, "
            + "but live, and refuses everything with 503 and Retry-After; one log line says so, and another that it"
            + " is back")
    void databaseAway() throws IOException {
        StrataUser bob = new StrataUser(server.application("strata-tasks"), "bob-token");
        // Not from the beginning: changes of his rights by other tests would pause the delivery there (STR21).
        BroadcastSocket open = bob.subscribe(bob.insert(UUID.randomUUID().toString(), "ws-1"));
        int before = server.logged().length();
        database.close();
        try {
            Deadline.ofSeconds(20)
                    .until(
                            "the outage is logged",
                            () -> server.logged().substring(before).contains("Database unavailable"));
            long awaySince = System.nanoTime();
            Deadline.ofSeconds(20).until("not ready without its database", () -> status("ready") == 503);
            Deadline.ofSeconds(5).until("alive without its database", () -> status("live") == 200);
            for (Needing each : needing()) {
                HttpResponse<byte[]> refused = each.send();
                String body = new String(refused.body(), StandardCharsets.UTF_8);
                assertThat(refused.statusCode()).as("%s: %s", each, body).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After"))
                        .as("%s", each)
                        .isPresent();
                assertThat(body)
                        .doesNotContainIgnoringCase("sql")
                        .doesNotContain("org.")
                        .contains("\"error\"");
            }
            assertThat(api.get("/api/health").status()).isEqualTo(200);
            HttpResponse<?> upgrade = BroadcastSocket.refused(
                    server.application("todo-app"), "/parties/main/default?ticket=" + "A".repeat(43));
            assertThat(upgrade.statusCode()).isEqualTo(503);
            assertThat(upgrade.headers().firstValue("Retry-After")).isPresent();
            try (BroadcastSocket late = bob.open()) {
                late.send(bob.subscription("0"));
                // A caller whose groups were read just before fails at reading the backlog.
                assertThat(late.next().text()).containsAnyOf("Failed to resolve sync groups", "Replay failed");
                assertThat(late.closed().code()).isEqualTo(1011);
            }
            Deadline.ofSeconds(5)
                    .until(
                            "an outage after which all sockets of the dialect are closed",
                            () -> System.nanoTime() - awaySince > OUTAGE_FOR_ALL_MIN.toNanos());
        } finally {
            database.start();
        }
        Deadline.ofSeconds(30).until("ready again", () -> status("ready") == 200);
        List<String> lines = linesOfOutage(server.logged().substring(before));
        assertThat(lines)
                .filteredOn(line -> line.contains("Database unavailable"))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.contains("Database available again after"))
                .hasSize(1);
        assertThat(lines.size()).as("lines of %s", lines).isLessThan(150);
        assertThat(open.closed().code()).isEqualTo(1012);
        Deadline.ofSeconds(30)
                .until(
                        "writes again",
                        () -> api.post(TODOS, "{\"title\":\"back\"}").status() == 200);
    }

    private int status(String kind) throws IOException, InterruptedException {
        return server.health(kind).statusCode();
    }
}
