package dev.lockstep.system.own;

import dev.lockstep.system.server.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The Maven of this build, run on another project. */
final class Maven {
    private static final int BUILD_SECONDS_MAX = 240;

    private final LocalRepository repository;
    private final Path settings;

    Maven(LocalRepository repository, Path settings) {
        this.repository = repository;
        this.settings = settings;
    }

    void packageIn(Path project) throws IOException, InterruptedException {
        // The surrounding build's settings are not inherited.
        Map<String, String> environment =
                Map.of("JAVA_HOME", System.getProperty("java.home"), "MAVEN_OPTS", "", "MAVEN_ARGS", "");
        new Command(project, environment)
                .runScript(
                        BUILD_SECONDS_MAX,
                        Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                        "--batch-mode",
                        "--global-settings",
                        settings.toString(),
                        "-Dmaven.repo.local=" + repository.folder(),
                        "package");
    }
}
