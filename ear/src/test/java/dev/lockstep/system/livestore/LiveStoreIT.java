package dev.lockstep.system.livestore;

import dev.lockstep.system.server.Backup;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs LiveStore's published clients on servers of their own. */
@Tag("LS1")
@Tag("LS2")
@Tag("LS3")
@Tag("LS4")
@Tag("LS5")
@Tag("LS7")
@Tag("LS8")
@Tag("LS9")
@Tag("LS10")
@Tag("EVT10")
@DisplayName("[LS1][LS2][LS3][LS4][LS5][LS7][LS8][LS9][LS10][EVT10] LiveStore's clients lose nothing and "
        + "converge, whatever happens to their connections")
class LiveStoreIT {
    @BeforeAll
    static void install() throws Exception {
        LiveStoreClients.install();
    }

    @Test
    @DisplayName("on H2, without those of lost connections, when the server is killed, and after a restore")
    void onH2(@TempDir Path temporary) throws Exception {
        Path folder = TestFolders.empty("livestore-h2");
        try (Server server = LiveStoreClients.server(folder, Map.of())) {
            server.start();
            Backup backup = Backup.ofH2(server, folder, temporary);
            LiveStoreClients.test(server, LiveStoreClients.OF_THE_DATABASE, server::kill, backup, temporary);
        }
    }

    @Test
    @DisplayName("on PostgreSQL, all of them, when the server is stopped, and after a restore behind it")
    void onPostgresql(@TempDir Path temporary) throws Exception {
        Path data = TestFolders.empty("livestore-postgresql-data");
        Path folder = TestFolders.empty("livestore-postgresql");
        try (PostgresqlDatabase database = new PostgresqlDatabase(data);
                Server server = LiveStoreClients.server(folder, database.environment())) {
            database.start();
            server.start();
            Backup backup = Backup.ofPostgresql(database, data, server, temporary);
            LiveStoreClients.test(server, List.of(), server::close, backup, temporary);
        }
    }
}
