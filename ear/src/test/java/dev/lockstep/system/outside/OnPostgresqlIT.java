package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.channels.ConvergenceContract;
import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.outage.DatabaseAwayContract;
import dev.lockstep.system.outage.OutageContract;
import dev.lockstep.system.server.DatabaseProxy;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("OPS1")
@DisplayName("[OPS1] the server uses PostgreSQL where the environment names one")
class OnPostgresqlIT {
    private static final String TODOS = "/api/default/todos";

    /** WildFly's default wait at a stop for requests in progress; doubled. */
    private static final Duration WAIT_OF_WILDFLY = Duration.ofSeconds(1);

    private static final PostgresqlDatabase DATABASE = new PostgresqlDatabase(TestFolders.empty("postgresql-data"));
    private static final DatabaseProxy PROXY = new DatabaseProxy().to(DATABASE.port());
    private static final Server SERVER = new Server(
            TestFolders.provisionedServer(), TestFolders.empty("postgresql"), TestFolders.examplesEar(), environment());
    private static final Api API = new Api(SERVER.application("todo-app"));

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(DATABASE.environment(PROXY.port()));
        environment.putAll(SocketLimitsContract.SHORT);
        environment.put("LOCKSTEP_DEBUG", "true");
        environment.put("LOCKSTEP_PROFILE", "development");
        environment.put("LOCKSTEP_CHANNELS_SESSION_SECRETS", ChannelsContract.SECRET);
        environment.put("LOCKSTEP_OPERATOR_KEY", StoreOperatorsContract.KEY);
        environment.put("LOCKSTEP_CHANNELS_PUBLISHER_KEYS", PublisherEndpointsContract.KEY);
        environment.put("LOCKSTEP_CHANNELS_ROOT_APPLICATION", "svelte-todos");
        environment.put("LOCKSTEP_OPENAPI_ROOT_APPLICATION", "todo-app");
        environment.put("TZ", "Europe/Berlin"); // H2 runs with the machine's time zone
        environment.put("LOCKSTEP_SOCKET_WRITER", "jakarta"); // the suites on H2 use Undertow's own API
        environment.put("LOCKSTEP_ORIGINS_ALLOWED", OriginsContract.LISTED); // H2 runs without a list
        return environment;
    }

    @BeforeAll
    static void start() {
        DATABASE.start();
        SERVER.start();
    }

    /** [OPS10][CS8] An orderly stop waits for a write in progress, closes sockets, and logs no error. */
    @AfterAll
    static void stop() throws Exception {
        int before = SERVER.logged().length();
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
                Connection owner = DATABASE.connect();
                Statement statement = owner.createStatement();
                BroadcastSocket socket = BroadcastSocket.on(SERVER.application("todo-app"), "default")) {
            owner.setAutoCommit(false);
            statement.execute("lock table todo_app_todos in access exclusive mode");
            Future<Answer> underWay = others.submit(() -> API.post(TODOS, "{\"title\":\"under way at the stop\"}"));
            Deadline.ofSeconds(10)
                    .until(
                            "the write waits for the table",
                            () -> DATABASE.query("select count(*) > 0 from pg_locks where not granted")
                                    .equals("t"));
            Future<?> stopped = others.submit(SERVER::close);
            Deadline.ofSeconds(10)
                    .until(
                            "new requests are refused",
                            () -> API.get("/api/health").status() == 503);
            long refusedSince = System.nanoTime();
            Deadline.ofSeconds(5)
                    .until(
                            "longer than WildFly waits without a setting",
                            () -> System.nanoTime() - refusedSince > WAIT_OF_WILDFLY.toNanos());
            owner.rollback();
            assertThat(underWay.get().status()).isEqualTo(200);
            assertThat(socket.closed().code()).isEqualTo(1001);
            stopped.get();
        } finally {
            SERVER.close();
            DATABASE.close();
            PROXY.close();
        }
        assertThat(SERVER.logged().substring(before)).doesNotContain(" ERROR ").doesNotContain("WFLYEE01");
    }

    @Test
    @Tag("OPS1")
    @DisplayName("[OPS1] the rows are in PostgreSQL, which writes them to disk before it answers")
    void durable() throws SQLException {
        String id = API.post(TODOS, "{\"title\":\"in PostgreSQL\"}").row().getString("id");

        assertThat(DATABASE.query("select title from todo_app_todos where id = '" + id + "'"))
                .isEqualTo("in PostgreSQL");
        assertThat(DATABASE.query("show fsync")).isEqualTo("on");
        assertThat(DATABASE.query("show synchronous_commit")).isEqualTo("on");
    }

    @Test
    @Tag("OPS3")
    @DisplayName("[OPS3] with LOCKSTEP_DEBUG a mutation is logged with ids and times, and never its payload")
    void debug() throws IOException {
        String mutation = UUID.randomUUID().toString();
        String secret = "secret-" + UUID.randomUUID();
        String asked = "{\"title\":\"" + secret + "\",\"_clientMutationId\":\"" + mutation + "\"}";
        API.post(TODOS, asked);
        API.post(TODOS, asked); // its key is in use, which the database reports with all values
        API.post(TODOS, "{\"title\":\"" + secret + "\",\"completed\":\"" + secret + "\"}");
        API.get(TODOS + "?token=" + secret);

        assertThat(SERVER.logged().lines().filter(line -> line.contains(mutation)))
                .anySatisfy(line -> assertThat(line).contains("APPLIED seq=").containsPattern("after=[0-9.]+ ms"));
        assertThat(SERVER.logged()).doesNotContain(secret);
    }

    private static String seqOfTodos() {
        return API.exchange("GET", TODOS).headers().firstValue("lockstep-seq").orElseThrow();
    }

    @Test
    @Tag("LOG11")
    @Tag("CR5")
    @DisplayName("[LOG11][CR5] after a start with other fields, sockets and lists with a cursor bootstrap again")
    void anotherShape() throws SQLException {
        API.post(TODOS, "{\"title\":\"of the shape before\"}");
        String before = seqOfTodos();
        try (Connection connection = DATABASE.connect();
                Statement statement = connection.createStatement()) {
            // As if the earlier version had other fields.
            assertThat(statement.executeUpdate(
                            "update lockstep_shape set shape = 'another' where application = 'todo-app'"))
                    .isPositive();
        }

        SERVER.redeploy();

        for (String cursor : List.of("0", before)) {
            try (BroadcastSocket back =
                    BroadcastSocket.on(SERVER.application("todo-app"), "default?cursor=" + cursor)) {
                assertThat(back.next().type()).isEqualTo("sync-init");
                assertThat(back.next().type()).isEqualTo("bootstrap-needed");
            }
            assertThat(API.get(TODOS + "?cursor=" + cursor).status()).isEqualTo(410);
        }
        String fresh = seqOfTodos();
        API.post(TODOS, "{\"title\":\"of the shape after\"}");
        try (BroadcastSocket back = BroadcastSocket.on(SERVER.application("todo-app"), "default?cursor=" + fresh)) {
            assertThat(back.next().type()).isEqualTo("sync-init");
            assertThat(back.next().text()).contains("of the shape after");
        }
        assertThat(API.get(TODOS + "?cursor=" + fresh).status()).isEqualTo(200);
    }

    @Nested
    class WriterRecovery extends WriterRecoveryContract {
        WriterRecovery() {
            super(SERVER, DATABASE);
        }
    }

    @Nested
    class DatabaseAway extends DatabaseAwayContract {
        DatabaseAway() {
            super(SERVER, DATABASE);
        }
    }

    @Nested
    class Outages extends OutageContract {
        Outages() {
            super(SERVER, PROXY, DATABASE);
        }
    }

    @Nested
    class OpenApi extends OpenApiContract {
        OpenApi() {
            super(SERVER, false);
        }
    }

    @Nested
    class Positions extends PositionsContract {
        Positions() {
            super(SERVER);
        }
    }

    @Nested
    class Rest extends RestContract {
        Rest() {
            super(SERVER);
        }
    }

    @Nested
    class InvalidRequests extends InvalidRequestsContract {
        InvalidRequests() {
            super(SERVER);
        }
    }

    @Nested
    class StrataMutations extends StrataMutationsContract {
        StrataMutations() {
            super(SERVER);
        }
    }

    @Nested
    class StrataReads extends StrataReadsContract {
        private static final int ASKERS = 100;
        private static final String READINGS = "lockstep_reads_total";
        private static final String SHARED = "lockstep_reads_shared_total";

        StrataReads() {
            super(SERVER);
        }

        @Test
        @Tag("SNAP6")
        @DisplayName("[SNAP6] waiting requests for the same snapshot share one reading: 100 requests, 3 readings")
        void sharedReadings() throws Exception {
            MetricsPage page = new MetricsPage(SERVER);
            double readings = page.value(READINGS);
            double shared = page.value(SHARED);
            List<Future<Answer>> asked;
            try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
                    Connection owner = DATABASE.connect();
                    Statement statement = owner.createStatement()) {
                owner.setAutoCommit(false);
                statement.execute("lock table strata_tasks_tasks in access exclusive mode"); // two readers wait for it
                asked = IntStream.range(0, ASKERS)
                        .mapToObj(i -> askers.submit(() -> alice.get("/sync/bootstrap?onlyModels=Task")))
                        .toList();
                Deadline.ofSeconds(5)
                        .until("all requests have arrived", () -> page.value(SHARED) >= shared + ASKERS - 3);
                owner.rollback();
            }

            for (Future<Answer> each : asked) {
                assertThat(each.get().body()).contains("{\"type\":\"end\"");
            }
            assertThat(page.value(READINGS)).isBetween(readings + 1, readings + 3);
        }
    }

    @Nested
    class Spool extends SpoolContract {
        Spool() {
            super(SERVER);
        }
    }

    @Nested
    class Channels extends ChannelsContract {
        Channels() {
            super(SERVER);
        }
    }

    @Nested
    class HandledExamples extends HandledExamplesContract {
        HandledExamples() {
            super(SERVER.application("svelte-todos"));
        }
    }

    @Nested
    class Convergence extends ConvergenceContract {
        Convergence() {
            super(SERVER.application("svelte-todos"));
        }
    }

    @Nested
    class StrataSocket extends StrataSocketContract {
        StrataSocket() {
            super(SERVER);
        }

        @Test
        @Tag("STR18")
        @DisplayName("[STR18] a cursor below a group's floor needs a bootstrap; the socket may subscribe again")
        void pruned() throws SQLException {
            String group = "pruned-" + any();
            alice.join("bench", group);
            String before = bench.insert(any(), group);
            String pruned = bench.insert(any(), group);
            try (Connection connection = DATABASE.connect();
                    Statement statement = connection.createStatement()) {
                // As if the log were pruned up to there.
                statement.executeUpdate("update lockstep_room set floor = " + pruned + " where room = '" + group + "'");
            }
            try (BroadcastSocket socket = bench.open()) {
                for (String cursor : List.of(before, "0")) {
                    socket.send(bench.subscription(cursor, group));
                    assertThat(socket.next().text())
                            .isEqualTo(
                                    "{\"code\":\"BOOTSTRAP_REQUIRED\",\"message\":"
                                            + "\"A fresh bootstrap is required before subscribing to deltas\",\"type\":\"error\"}");
                    assertQuiet(socket);
                }
                assertThat(bench.api().get("/sync/deltas?after=" + before).status())
                        .isEqualTo(409);
                socket.send(bench.subscription(pruned, group));
                assertThat(socket.next().type()).isEqualTo("subscribed");
                String row = any();
                bench.insert(row, group);
                assertThat(socket.next().text()).contains(row);
            }
        }
    }

    @Nested
    class Beyond extends ExtensionsContract {
        Beyond() {
            super(SERVER);
        }
    }

    @Nested
    class PublisherEndpoints extends PublisherEndpointsContract {
        PublisherEndpoints() {
            super(SERVER);
        }
    }

    @Nested
    class StoreOperators extends StoreOperatorsContract {
        StoreOperators() {
            super(SERVER);
        }
    }

    @Nested
    class Socket extends SocketContract {
        Socket() {
            super(SERVER);
        }
    }

    @Nested
    class Origins extends OriginsContract {
        Origins() {
            super(SERVER);
        }
    }

    @Nested
    class Rfc6455 extends Rfc6455Contract {
        Rfc6455() {
            super(SERVER);
        }
    }

    @Nested
    class SocketLimits extends SocketLimitsContract {
        SocketLimits() {
            super(SERVER);
        }
    }

    @Nested
    class SlowBodies extends SlowBodiesContract {
        SlowBodies() {
            super(SERVER);
        }
    }

    @Nested
    class ScopedTodos extends ScopedTodosContract {
        ScopedTodos() {
            super(SERVER);
        }
    }

    @Nested
    class Lists extends ListsContract {
        Lists() {
            super(SERVER);
        }
    }

    @Nested
    class AuthTodo extends AuthTodoContract {
        AuthTodo() {
            super(SERVER);
        }
    }

    @Nested
    class ProjectRoles extends ProjectRolesContract {
        ProjectRoles() {
            super(SERVER);
        }
    }

    @Nested
    class Metrics extends MetricsContract {
        Metrics() {
            super(SERVER);
        }
    }

    @Nested
    class Survival extends SurvivalContract {
        Survival() {
            super(SERVER, 3);
        }
    }
}
