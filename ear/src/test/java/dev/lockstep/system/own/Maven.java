package dev.lockstep.system.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Maven that runs this build, run on another project. */
final class Maven {
    private static final int BUILD_SECONDS_MAX = 240;

    private final LocalRepository repository;
    private final Path settings;

    Maven(LocalRepository repository, Path settings) {
        this.repository = repository;
        this.settings = settings;
    }

    /** Builds a project; fails with what Maven said. */
    void packageIn(Path project) throws IOException, InterruptedException {
        Path output = project.resolve("maven.log");
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Path mvn = Path.of(System.getProperty("maven.home"), "bin", windows ? "mvn.cmd" : "mvn");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        mvn.toString(),
                        "--batch-mode",
                        "--global-settings",
                        settings.toString(),
                        "-Dmaven.repo.local=" + repository.folder(),
                        "package"))
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Of the build around this one nothing is to be inherited.
        builder.environment().remove("MAVEN_ARGS");
        builder.environment().remove("MAVEN_OPTS");
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(BUILD_SECONDS_MAX, TimeUnit.SECONDS);
            assertThat(ended)
                    .as("ended in time; its output:\n" + Files.readString(output))
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        }
    }
}
