package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The writer on PostgreSQL after failures that the server's pool and transaction manager notice. */
abstract class WriterRecoveryContract {
    private final Server server;
    private final PostgresqlDatabase database;
    private final Api alice;

    WriterRecoveryContract(Server server, PostgresqlDatabase database) {
        this.server = server;
        this.database = database;
        this.alice = new Api(server.application("strata-tasks")).with("Authorization", "Bearer alice-token");
    }

    @BeforeEach
    void constraints() throws SQLException {
        execute(
                "create table label_names (id varchar(100) primary key)",
                "insert into label_names values ('known'), ('locked')",
                "delete from strata_tasks_labels",
                "alter table strata_tasks_labels add constraint label_name foreign key (name)"
                        + " references label_names (id) deferrable initially deferred",
                "create unique index label_once on strata_tasks_labels (name)");
    }

    @AfterEach
    void constraintsAgain() throws SQLException {
        execute(
                "alter table strata_tasks_labels drop constraint label_name",
                "drop index label_once",
                "drop table label_names");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Answer label(String name) {
        String id = UUID.randomUUID().toString();
        return alice.post(
                "/sync/mutate",
                "{\"batchId\":\"b\",\"transactions\":[{\"action\":\"INSERT\",\"clientId\":\"" + id
                        + "\",\"clientTxId\":\"" + id + "\",\"modelName\":\"Label\",\"modelId\":\"" + id
                        + "\",\"payload\":{\"name\":\"" + name + "\",\"workspaceId\":\"ws-1\"}}]}");
    }

    private static boolean isDone(Answer answer) {
        return answer.status() == 200 && answer.json().getBoolean("success");
    }

    @Test
    @Tag("MUT20")
    @Tag("CW2")
    @DisplayName("[MUT20][CW2] a locked unique value and a failed commit do not stop the writer")
    void failedCommit() throws Exception {
        MetricsPage metrics = new MetricsPage(server);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("insert into strata_tasks_labels values ('other', 'locked', 'ws-1')");
            Future<Answer> locked = threads.submit(() -> label("locked"));
            Deadline.ofSeconds(10)
                    .until("it waits in quarantine", () -> metrics.value("lockstep_quarantined_mutations") > 0);
            Answer refused = label("unknown");
            other.rollback();

            assertThat(refused.status()).isEqualTo(200);
            assertThat(refused.json().toString()).contains("refers to a row that does not exist");
            assertThat(isDone(locked.get())).isTrue();
        }
        assertThat(isDone(label("known"))).isTrue();
        assertThat(readiness()).isEqualTo(200);
    }

    @Test
    @Tag("MUT20")
    @Tag("CW2")
    @DisplayName(
            "[MUT20][CW2] a node that cannot write is not ready, although it reads, and becomes ready again by itself")
    void cannotWrite() throws Exception {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select seq from lockstep_head for update");
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Answer> waits = threads.submit(() -> label("known"));
                Deadline.ofSeconds(20).until("not ready", () -> readiness() == 503);
                assertThat(alice.get("/sync/bootstrap?type=full").status()).isEqualTo(200);
                other.rollback();
                Deadline.ofSeconds(20).until("ready again", () -> readiness() == 200);
                waits.get();
            }
        }
        assertThat(isDone(label("locked"))).isTrue();
    }

    private int readiness() throws IOException, InterruptedException {
        return server.health("ready").statusCode();
    }
}
