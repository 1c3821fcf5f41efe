package dev.lockstep.system.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/**
 * A WildFly with one EAR, in a process and a folder of its own: configuration, deployments, logs and data. It keeps its
 * ports and its data when it is killed and started again. It ends with this JVM at the latest.
 */
public final class Server implements AutoCloseable {
    private static final int START_SECONDS_MAX = 240;
    private static final int STOP_SECONDS_MAX = 30;

    /**
     * The servers of tests live for a minute. Without the optimizing compiler and with the serial collector a start takes
     * 16 s of processor time in place of 29 s.
     */
    private static final String[] SHORT_LIVED = {
        "-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.net.preferIPv4Stack=true"
    };

    private static final Duration MANAGEMENT_ANSWER_MAX = Duration.ofSeconds(10);

    private final Path home;
    private final Path folder;
    private final Path ear;
    private final Map<String, String> environment;
    private final Ports ports = Ports.free();
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Process process;

    /**
     * A server that is not started yet.
     *
     * @param home the WildFly; read only
     * @param folder an empty folder
     * @param environment added to this process's own
     */
    public Server(Path home, Path folder, Path ear, Map<String, String> environment) {
        this.home = home;
        this.folder = folder;
        this.ear = ear;
        this.environment = new HashMap<>(environment);
        createFolders();
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    private void createFolders() {
        try {
            TestFolders.copy(home.resolve("standalone"), base());
            Files.createDirectories(deployments());
            Files.copy(ear, deployments().resolve(ear.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the process, and waits until the EAR is deployed and the server reports that it is ready. */
    public Server start() {
        try {
            Files.deleteIfExists(marker("deployed"));
            Files.deleteIfExists(marker("failed"));
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Deadline.ofSeconds(START_SECONDS_MAX).until("server is ready; its log is " + log(), this::isUp);
        } catch (AssertionError notReady) {
            kill();
            throw notReady;
        }
        return this;
    }

    /** Starts the process, waits until the deployment of the EAR has failed, and ends it. */
    public void startExpectingFailure() {
        try {
            process = launch();
            Deadline.ofSeconds(START_SECONDS_MAX)
                    .until("the EAR is refused; the log is " + log(), () -> Files.exists(marker("failed")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            kill();
        }
    }

    /** Deploys the EAR again, as an operator does who copies it there; the process continues. */
    public void redeploy() {
        try {
            Files.delete(marker("deployed"));
            Files.createFile(marker("dodeploy"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Deadline.ofSeconds(START_SECONDS_MAX).until("redeployed; the log is " + log(), this::isUp);
    }

    private Process launch() throws IOException {
        List<String> command = StandaloneCommandBuilder.of(home)
                .setJavaHome(Path.of(System.getProperty("java.home")))
                .setBaseDirectory(base())
                .addJavaOptions(SHORT_LIVED)
                .addServerArguments(
                        "-Djboss.socket.binding.port-offset=" + ports.offset(),
                        "-Djboss.bind.address=127.0.0.1",
                        "-Djboss.bind.address.management=127.0.0.1",
                        "-Dlockstep.data.dir=" + folder.resolve("data"))
                .build();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("console.log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("LOCKSTEP_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private boolean isUp() throws IOException, InterruptedException {
        if (process == null || !process.isAlive() || Files.exists(marker("failed"))) {
            throw new AssertionError("the server ended, or could not deploy; its log is " + log());
        }
        return Files.exists(marker("deployed")) && health("ready").statusCode() == 200;
    }

    /** The management port's health answer: {@code ready}, {@code live} or {@code started}. */
    public HttpResponse<String> health(String kind) throws IOException, InterruptedException {
        return management("/health/" + kind);
    }

    /** The management port's metrics. */
    public HttpResponse<String> metrics() throws IOException, InterruptedException {
        return management("/metrics");
    }

    private HttpResponse<String> management(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + ports.management() + path);
        return client.send(
                HttpRequest.newBuilder(uri).timeout(MANAGEMENT_ANSWER_MAX).build(), BodyHandlers.ofString());
    }

    /** Ends the process as {@code kill -9} does. Its data stays. */
    public void kill() {
        end(Process::destroyForcibly);
    }

    /** Ends the process as an operator would. Its data stays. */
    @Override
    public void close() {
        end(running -> {
            running.destroy();
            if (!ended(running)) {
                running.destroyForcibly();
            }
        });
    }

    private void end(Consumer<Process> way) {
        Process running = process;
        if (running != null) {
            way.accept(running);
            ended(running);
            process = null;
        }
    }

    private static boolean ended(Process running) {
        try {
            return running.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The address of an application. */
    public URI application(String name) {
        return URI.create("http://127.0.0.1:" + ports.http() + "/" + name);
    }

    /** The files that the process keeps open whose names contain this, deleted ones included. Linux only. */
    public List<Path> openFiles(String name) throws IOException {
        Process running = process;
        if (running == null) {
            return List.of();
        }
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + running.pid() + "/fd"))) {
            return descriptors
                    .filter(descriptor -> target(descriptor).contains(name))
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) { // closed since it was listed
            return "";
        }
    }

    /** Everything that the server has logged so far. */
    public String logged() throws IOException {
        return Files.readString(log());
    }

    private Path log() {
        return base().resolve("log").resolve("server.log");
    }

    private Path base() {
        return folder.resolve("standalone");
    }

    private Path deployments() {
        return base().resolve("deployments");
    }

    private Path marker(String state) {
        return deployments().resolve(ear.getFileName() + "." + state);
    }
}
