package dev.lockstep.system.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that runs to its end, in a bounded time. Its failure fails the test, with all of its output. */
public final class Command {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private final Path folder;
    private final Map<String, String> environment;

    /** @param folder where it runs, and where its output is kept */
    public Command(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** Runs a program that is a script on Windows; returns its output. */
    public String runScript(int secondsMax, String program, String... arguments)
            throws IOException, InterruptedException {
        return run(secondsMax, WINDOWS ? program + ".cmd" : program, arguments);
    }

    /** Runs a program; returns its output. */
    public String run(int secondsMax, String program, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, Path.of(program).getFileName() + "-", ".log");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(program), Arrays.stream(arguments))
                        .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(secondsMax, TimeUnit.SECONDS);
            String said = Files.readString(output);
            if (!ended) {
                throw new AssertionError(program + " did not end within " + secondsMax + " s:\n" + said);
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(program + " ended with " + process.exitValue() + ":\n" + said);
            }
            return said;
        } finally {
            // The children first: once their parent has ended, they cannot be found any more.
            List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
