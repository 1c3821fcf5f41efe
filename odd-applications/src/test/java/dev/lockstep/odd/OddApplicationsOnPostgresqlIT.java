package dev.lockstep.odd;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.random.Catalog;
import dev.lockstep.odd.random.KnownFaults;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.TestFolders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class OddApplicationsOnPostgresqlIT extends RandomMutationsContract {
    private static final PostgresqlDatabase DATABASE = new PostgresqlDatabase(TestFolders.empty("odd-postgresql-data"));
    private static final OddServer SERVER =
            OddServer.onPostgresql(DATABASE.environment(), Catalog.deployed(), KnownFaults.leftOut());

    OddApplicationsOnPostgresqlIT() {
        super(SERVER);
    }

    @BeforeAll
    static void start() {
        DATABASE.start();
        SERVER.start();
        startHeartbeat(SERVER);
    }

    @Nested
    class Shapes extends ShapesContract {
        Shapes() {
            super(SERVER);
        }
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        DATABASE.close();
    }
}
