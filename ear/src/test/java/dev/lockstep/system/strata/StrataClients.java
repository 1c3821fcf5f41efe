package dev.lockstep.system.strata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.server.Command;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tests with Strata's published clients: Node.js programs that test a running server. */
final class StrataClients {
    private static final int INSTALL_SECONDS_MAX = 300;
    private static final int TEST_SECONDS_MAX = 480;

    private StrataClients() {}

    /** Installs the published packages. */
    static void install() throws Exception {
        new Command(TestFolders.strataTests(), Map.of())
                .runScript(INSTALL_SECONDS_MAX, "npm", "install", "--no-audit", "--no-fund");
    }

    /** A server with the examples that is not started yet. */
    static Server server(Path folder, Map<String, String> database) {
        Map<String, String> environment = new HashMap<>(database);
        environment.put("LOCKSTEP_PROFILE", "development");
        return new Server(TestFolders.provisionedServer(), folder, TestFolders.examplesEar(), environment);
    }

    /**
     * Runs these tests; without names, all files named as tests.
     *
     * @param control address that the tests find in their environment
     */
    static void test(Server server, Map<String, String> control, Path temporary, String... files) throws Exception {
        Map<String, String> where = new HashMap<>(control);
        where.put("STRATA_URL", server.application("strata-tasks").toString());
        where.put("TMPDIR", temporary.toString());
        List<String> arguments = new ArrayList<>(List.of("--test", "--test-concurrency=1", "--test-reporter=spec"));
        arguments.addAll(List.of(files));

        String said = new Command(TestFolders.strataTests(), where)
                .run(TEST_SECONDS_MAX, "node", arguments.toArray(String[]::new));

        assertThat(said).containsPattern("pass [1-9]");
    }
}
