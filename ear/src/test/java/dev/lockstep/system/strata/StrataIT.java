package dev.lockstep.system.strata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.server.Command;
import dev.lockstep.system.server.Control;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs Strata's published clients on servers of their own. */
class StrataIT {
    private static final int INSTALL_SECONDS_MAX = 300;
    private static final int TEST_SECONDS_MAX = 240;

    @BeforeAll
    static void install() throws Exception {
        new Command(TestFolders.strataTests(), Map.of())
                .runScript(INSTALL_SECONDS_MAX, "npm", "install", "--no-audit", "--no-fund");
    }

    @Test
    @DisplayName("[STR20] on H2: whatever happens to their connections, clients lose nothing and end with the same")
    void onH2(@TempDir Path temporary) throws Exception {
        run("strata-h2", Map.of(), Map.of(), temporary);
    }

    @Test
    @DisplayName(
            "[STR20][STR30][CS1] on PostgreSQL: whatever happens to their connections, clients lose nothing and end with the same")
    void onPostgresql(@TempDir Path temporary) throws Exception {
        try (PostgresqlDatabase database = new PostgresqlDatabase(TestFolders.empty("strata-postgresql-data"));
                Control control =
                        new Control(Map.of("/database/stop", database::close, "/database/start", database::start))) {
            database.start();
            Map<String, String> controlled =
                    Map.of("CONTROL_URL", control.address().toString());
            run("strata-postgresql", database.environment(), controlled, temporary);
        }
    }

    private static void run(String folder, Map<String, String> database, Map<String, String> control, Path temporary)
            throws Exception {
        Map<String, String> environment = new HashMap<>(database);
        environment.put("LOCKSTEP_PROFILE", "development");
        try (Server server = new Server(
                TestFolders.provisionedServer(), TestFolders.empty(folder), TestFolders.examplesEar(), environment)) {
            server.start();
            Map<String, String> where = new HashMap<>(control);
            where.put("STRATA_URL", server.application("strata-tasks").toString());
            where.put("TMPDIR", temporary.toString());

            String said = new Command(TestFolders.strataTests(), where)
                    .run(TEST_SECONDS_MAX, "node", "--test", "--test-concurrency=1", "--test-reporter=spec");

            assertThat(said).containsPattern("pass [1-9]");
        }
    }
}
