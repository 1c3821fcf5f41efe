import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What {@code mvn -Prun} starts: the provisioned server with the EAR, on the JDK that runs this file. Prints the
 * addresses once the server is ready; Ctrl-C stops both, and so does Maven's end.
 *
 * <p>Arguments: the provisioned server, the EAR, a folder for this run, the folder that keeps the data.
 */
public class RunServer {
    private static final int PORT = 8080;
    private static final List<String> EXAMPLES =
            List.of("todo-app", "bulk-todo", "scoped-todos-app", "strata-tasks", "livestore-notes", "svelte-todos", "auth-todo-app", "project-roles-todo-app");
    private static final URI READY = URI.create("http://localhost:9990/health/ready");
    private static final Duration START_MAX = Duration.ofSeconds(120);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    public static void main(String[] arguments) throws Exception {
        Path server = Path.of(arguments[0]);
        Path base = Path.of(arguments[2], "standalone");
        Path data = Path.of(System.getenv().getOrDefault("LOCKSTEP_DATA_DIR", arguments[3]));
        requireFreePort();
        layOut(server, Path.of(arguments[1]), base);
        Files.createDirectories(data);

        Process process = start(server, base, data);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
        ProcessHandle.current().parent().ifPresent(RunServer::stopWith);
        if (isReady(process)) {
            System.out.printf("%n  Lockstep is ready.  http://localhost:%d/%n%n", PORT);
            for (String application : EXAMPLES) {
                System.out.printf("    http://localhost:%d/%s/%n", PORT, application);
            }
            System.out.printf("%n  The last two ask who you are: admin, editor or user, with the password \"password\".%n");
            System.out.printf("%n  The data is in %s.  Ctrl-C stops the server.%n%n", data);
        } else {
            System.err.printf("%n  Lockstep has not started: the server's first ERROR says why.%n%n");
            stop(process);
            System.exit(1);
        }
        System.exit(process.waitFor());
    }

    private static void requireFreePort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress("127.0.0.1", PORT));
        } catch (IOException e) {
            System.err.printf("Port %d is taken: stop what listens there, and try again.%n", PORT);
            System.exit(1);
        }
    }

    /** A fresh copy of the server's configuration for each run; the data lies elsewhere, and survives. */
    private static void layOut(Path server, Path ear, Path base) throws IOException {
        Path template = server.resolve("standalone");
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = base.resolve(template.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        Files.copy(ear, deployments.resolve(ear.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Process start(Path server, Path base, Path data) throws IOException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        ProcessBuilder builder = new ProcessBuilder(
                server.resolve("bin").resolve(windows ? "standalone.bat" : "standalone.sh").toString(),
                "-Djboss.server.base.dir=" + base,
                "-Dlockstep.profile=development",
                "-Dlockstep.cfsync.openapi=true",
                "-Dlockstep.openapi.root.application=todo-app",
                "-Dlockstep.data.dir=" + data);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("NOPAUSE", "true");
        return builder.inheritIO().start();
    }

    /** The server ends with Maven, also when Maven is killed. */
    private static void stopWith(ProcessHandle maven) {
        // On a thread of its own: the one that tells of this end tells stop of the server's, too.
        maven.onExit().thenRun(() -> new Thread(() -> System.exit(1)).start());
    }

    private static void stop(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle each : all) {
            each.onExit().orTimeout(20, TimeUnit.SECONDS).exceptionally(late -> each).join();
        }
    }

    private static boolean isReady(Process process) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ask = HttpRequest.newBuilder(READY).timeout(Duration.ofSeconds(2)).build();
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                if (client.send(ask, BodyHandlers.discarding()).statusCode() == 200) {
                    return true;
                }
            } catch (IOException notYet) {
                // nothing listens yet: look again
            }
            process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return false;
    }
}
