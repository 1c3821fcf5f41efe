package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.Server;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Metrics and health on the management port, without collector and password. */
abstract class MetricsContract {
    private static final String TODOS = "/api/default/todos";
    private static final String APPLIED = "lockstep_mutations_total{application=\"todo-app\",result=\"applied\"}";
    private static final String INVALID = "lockstep_mutations_total{application=\"todo-app\",result=\"INVALID\"}";
    private static final String REFUSED = "lockstep_refusals_total{application=\"todo-app\",code=\"INVALID\"}";
    private static final String GROUPS = "lockstep_batch_commit_seconds_within_total{le=\"+Inf\"}";
    private static final String TOLD = "lockstep_commit_to_socket_seconds_within_total{le=\"+Inf\"}";
    private static final String SESSIONS = "lockstep_sessions_open{application=\"todo-app\"}";
    private static final String ROOMS = "lockstep_rooms_open";

    private final Server server;
    private final MetricsPage page;
    private final URI application;
    private final Api api;

    MetricsContract(Server server) {
        this.server = server;
        page = new MetricsPage(server);
        application = server.application("todo-app");
        api = new Api(application);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] each answer to a mutation counts once, by application and result")
    void mutations() throws Exception {
        double applied = page.value(APPLIED);
        double invalid = page.value(INVALID);
        double refused = page.value(REFUSED);
        double groups = page.value(GROUPS);
        api.post(TODOS, "{\"title\":\"counted\"}");
        api.post(TODOS, "{\"title\":5}");

        assertThat(page.value(APPLIED)).isEqualTo(applied + 1);
        assertThat(page.value(INVALID)).isEqualTo(invalid + 1);
        assertThat(page.value(REFUSED)).isEqualTo(refused + 1);
        assertThat(page.value(GROUPS)).isEqualTo(groups + 1);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] sockets and rooms count while they are open, and the delivery of commits is timed")
    void sessions() throws Exception {
        Deadline.ofSeconds(20)
                .until("earlier sockets are gone", () -> page.value(SESSIONS) == 0 && page.value(ROOMS) == 0);
        double received = page.value(TOLD);
        try (BroadcastSocket socket = BroadcastSocket.on(application, "default")) {
            socket.next();
            assertThat(page.value(SESSIONS)).isEqualTo(1);
            assertThat(page.value(ROOMS)).isPositive();
            api.post(TODOS, "{\"title\":\"" + UUID.randomUUID() + "\"}");
            socket.next();
        }

        assertThat(page.value(TOLD)).isEqualTo(received + 1);
        Deadline.ofSeconds(20).until("no session is left", () -> page.value(SESSIONS) == 0 && page.value(ROOMS) == 0);
    }

    @Test
    @Tag("OPS6")
    @DisplayName("[OPS6] the metrics page shows exactly what OPERATIONS.md lists; the log stays quiet")
    void listed() throws Exception {
        List<String> shown = page.series().stream()
                .filter(line -> line.startsWith("lockstep_"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .distinct()
                .toList();

        assertThat(shown).containsExactlyInAnyOrderElementsOf(OperationsPage.metrics());
        assertThat(server.logged().lines().filter(line -> line.contains("icrometer")))
                .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
    }
}
