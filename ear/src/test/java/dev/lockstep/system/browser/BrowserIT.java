package dev.lockstep.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.server.Command;
import dev.lockstep.system.server.Control;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the browser tests on a server of their own. */
class BrowserIT {
    private static final int INSTALL_SECONDS_MAX = 300;
    private static final int TEST_SECONDS_MAX = 900;
    private static final String OPERATOR_KEY = "a-key-for-the-tests-in-browsers-only";

    @Test
    @Tag("ROOM1")
    @DisplayName("[ROOM1] two windows show the same rows in the same order, whatever happens to their connections")
    void windows(@TempDir Path temporary) throws Exception {
        Path tests = TestFolders.browserTests();
        new Command(tests, Map.of()).runScript(INSTALL_SECONDS_MAX, "npm", "install", "--no-audit", "--no-fund");

        try (Server server = new Server(
                        TestFolders.provisionedServer(),
                        TestFolders.empty("browser"),
                        TestFolders.examplesEar(),
                        Map.of(
                                "LOCKSTEP_PROFILE",
                                "development",
                                "LOCKSTEP_OPERATOR_KEY",
                                OPERATOR_KEY,
                                "LOCKSTEP_CFSYNC_OPENAPI",
                                "true"));
                Control control = new Control(Map.of("/kill", server::kill, "/start", server::start))) {
            server.start();
            String base = server.application("").toString();
            // A folder of its own for the unpacked browser: concurrent builds do not share it.
            Map<String, String> environment = Map.of(
                    "BASE_URL",
                    base,
                    "CONTROL_URL",
                    control.address().toString(),
                    "OPERATOR_KEY",
                    OPERATOR_KEY,
                    "STARTERS",
                    TestFolders.starters().toString(),
                    "TMPDIR",
                    temporary.toString());

            String said = new Command(tests, environment)
                    .run(TEST_SECONDS_MAX, "node", "--test", "--test-concurrency=1", "--test-reporter=spec");

            assertThat(said).containsPattern("pass [1-9]");
        }
    }
}
