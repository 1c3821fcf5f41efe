package dev.lockstep.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Isolation levels of H2 that snapshots cannot use. */
class SnapshotsOnH2Test {
    private final TestDatabase database = TestDatabase.h2().emptied();

    private void insertTool(String name) {
        new EngineFixture(database).alone(MutationFixture.in("p1").insertsTool(name, name));
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    @Tag("SNAP1")
    @DisplayName("[SNAP1] REPEATABLE READ of H2 shows two tables at different times, so snapshots do not use it")
    void repeatableRead() {
        insertTool("saw");
        long tools = database.transactions().run(scope -> {
            Connection connection = scope.connection();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                assertThat(count(connection, "lockstep_action")).isEqualTo(1);
                CompletableFuture.runAsync(() -> insertTool("axe")).join();
                return count(connection, "workshop_tools");
            } finally {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        });

        assertThat(tools).isEqualTo(2);
    }
}
