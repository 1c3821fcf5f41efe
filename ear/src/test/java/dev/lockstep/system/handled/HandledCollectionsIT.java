package dev.lockstep.system.handled;

import dev.lockstep.system.channels.DialectsContract;
import dev.lockstep.system.channels.SessionCookies;
import dev.lockstep.system.existing.ExistingApplicationContract;
import dev.lockstep.system.inside.ProbeEar;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Applications with one collection in all dialects, and with collections kept by handlers, on PostgreSQL. */
class HandledCollectionsIT {
    private static final PostgresqlDatabase DATABASE = new PostgresqlDatabase(TestFolders.empty("handled-data"));
    private static final Server SERVER = new Server(
            TestFolders.provisionedServer(),
            TestFolders.empty("handled"),
            ProbeEar.withHandlersIn(TestFolders.empty("handled-ear")),
            environment());

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(DATABASE.environment());
        environment.put("LOCKSTEP_CHANNELS_SESSION_SECRETS", SessionCookies.SECRET);
        return environment;
    }

    @BeforeAll
    static void start() {
        DATABASE.start();
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        DATABASE.close();
    }

    @Nested
    class Handled extends HandledContract {
        Handled() {
            super(SERVER);
        }
    }

    @Nested
    class HandledInOtherDialects extends HandledDialectsContract {
        HandledInOtherDialects() {
            super(SERVER);
        }
    }

    @Nested
    class ExistingApplication extends ExistingApplicationContract {
        ExistingApplication() {
            super(SERVER);
        }
    }

    @Nested
    class Dialects extends DialectsContract {
        Dialects() {
            super(SERVER);
        }
    }
}
