package dev.lockstep.system.livestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.server.Backup;
import dev.lockstep.system.server.Command;
import dev.lockstep.system.server.Control;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tests with LiveStore's published clients: Node.js programs that test a running server. */
final class LiveStoreClients {
    private static final int INSTALL_SECONDS_MAX = 300;
    private static final int TEST_SECONDS_MAX = 900;

    /** Most tests wait for a client that reconnects after seconds. */
    private static final int FILES_AT_ONCE = 2;

    private static final String OPERATOR_KEY = "a-key-for-the-tests-with-published-clients";

    /** All tests, except those of clients that lose their connections: these do not depend on the database. */
    static final List<String> OF_THE_DATABASE = List.of(
            "concurrent.test.mjs",
            "live-pulls.test.mjs",
            "malformed.test.mjs",
            "pings.test.mjs",
            "provider.test.mjs",
            "reset.test.mjs",
            "stores.test.mjs",
            "two-clients.test.mjs");

    private LiveStoreClients() {}

    /** Installs the published packages. */
    static void install() throws Exception {
        new Command(TestFolders.liveStoreTests(), Map.of())
                .runScript(INSTALL_SECONDS_MAX, "npm", "install", "--no-audit", "--no-fund");
    }

    /** A server with the examples that is not started yet. */
    static Server server(Path folder, Map<String, String> database) {
        Map<String, String> environment = new HashMap<>(database);
        environment.put("LOCKSTEP_PROFILE", "development");
        environment.put("LOCKSTEP_OPERATOR_KEY", OPERATOR_KEY);
        return new Server(TestFolders.provisionedServer(), folder, TestFolders.examplesEar(), environment);
    }

    /**
     * Runs tests, then those that stop and start the server, then that of a restored database.
     *
     * @param files of the tests; all if empty
     * @param stop how the server is stopped
     */
    static void test(Server server, List<String> files, Runnable stop, Backup backup, Path temporary) throws Exception {
        Map<String, Runnable> steps = new HashMap<>(backup.steps());
        steps.put("/server/stop", stop);
        steps.put("/server/start", server::start);
        try (Control control = new Control(steps)) {
            Map<String, String> where = Map.of(
                    "LIVESTORE_URL", server.application("livestore-notes").toString(),
                    "CONTROL_URL", control.address().toString(),
                    "OPERATOR_KEY", OPERATOR_KEY,
                    "TMPDIR", temporary.toString());
            run(where, files);
            run(where, List.of("server-restart.mjs"));
            run(where, List.of("restore.mjs"));
        }
    }

    private static void run(Map<String, String> where, List<String> files) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("--test", "--test-concurrency=" + FILES_AT_ONCE, "--test-reporter=spec"));
        arguments.addAll(files);

        String said = new Command(TestFolders.liveStoreTests(), where)
                .run(TEST_SECONDS_MAX, "node", arguments.toArray(String[]::new));

        assertThat(said).containsPattern("pass [1-9]");
    }
}
