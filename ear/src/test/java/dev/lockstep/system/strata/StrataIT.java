package dev.lockstep.system.strata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.server.Backup;
import dev.lockstep.system.server.Control;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Scenario;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs Strata's published clients on servers of their own, both databases at the same time. */
class StrataIT {
    private static Scenario onH2;
    private static Scenario onPostgresql;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        StrataClients.install();
        Path ofH2 = Files.createDirectory(temporary.resolve("h2"));
        Path ofPostgresql = Files.createDirectory(temporary.resolve("postgresql"));
        onH2 = Scenario.start(() -> testOnH2(ofH2));
        onPostgresql = Scenario.start(() -> testOnPostgresql(ofPostgresql));
    }

    /** The folders of the scenarios are deleted after this. */
    @AfterAll
    static void await() {
        onH2.await();
        onPostgresql.await();
    }

    @Test
    @Tag("STR20")
    @Tag("LOG8")
    @Tag("LOG9")
    @DisplayName("[STR20][LOG8][LOG9] on H2: whatever happens to their connections, and after a restore of the "
            + "database, clients lose nothing and converge")
    void onH2() throws Exception {
        onH2.finish();
    }

    private static void testOnH2(Path temporary) throws Exception {
        Path folder = TestFolders.empty("strata-h2");
        try (Server server = StrataClients.server(folder, Map.of())) {
            server.start();
            StrataClients.test(server, Map.of(), temporary);
            restored(server, Backup.ofH2(server, folder, temporary), temporary);
        }
    }

    @Test
    @Tag("STR20")
    @Tag("STR30")
    @Tag("CS1")
    @Tag("LOG8")
    @Tag("LOG9")
    @DisplayName("[STR20][STR30][CS1][LOG8][LOG9] on PostgreSQL: whatever happens to their connections, and after a "
            + "restore behind the running server, clients lose nothing and converge")
    void onPostgresql() throws Exception {
        onPostgresql.finish();
    }

    private static void testOnPostgresql(Path temporary) throws Exception {
        Path data = TestFolders.empty("strata-postgresql-data");
        try (PostgresqlDatabase database = new PostgresqlDatabase(data);
                Server server = StrataClients.server(TestFolders.empty("strata-postgresql"), database.environment())) {
            database.start();
            server.start();
            tested(server, Map.of("/database/stop", database::close, "/database/start", database::start), temporary);
            restored(server, Backup.ofPostgresql(database, data, server, temporary), temporary);
        }
    }

    /** The database is not marked as restored. */
    private static void restored(Server server, Backup backup, Path temporary) throws Exception {
        tested(server, backup.steps(), temporary, "restore.mjs");
        assertThat(server.logged()).containsOnlyOnce("The database was restored");
    }

    private static void tested(Server server, Map<String, Runnable> steps, Path temporary, String... files)
            throws Exception {
        try (Control control = new Control(steps)) {
            StrataClients.test(server, Map.of("CONTROL_URL", control.address().toString()), temporary, files);
        }
    }
}
