package dev.lockstep.system.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A backup of a database and its restore, without the statement that marks the database as restored.
 *
 * @param take makes the copy; afterwards the server is ready
 * @param restore puts the copy back; afterwards the server is ready
 */
public record Backup(Runnable take, Runnable restore) {
    private static final int READY_SECONDS_MAX = 30;

    /** The file of H2, copied while the server is stopped. */
    public static Backup ofH2(Server server, Path folder, Path temporary) {
        Path file = folder.resolve("data").resolve("lockstep.mv.db");
        Path backup = temporary.resolve("backup");
        return new Backup(
                () -> {
                    server.close();
                    copy(file, backup);
                    server.start();
                },
                () -> {
                    server.kill();
                    copy(backup, file);
                    server.start();
                });
    }

    /** The data folder of PostgreSQL, copied while PostgreSQL is stopped and the server runs on. */
    public static Backup ofPostgresql(PostgresqlDatabase database, Path data, Server server, Path temporary) {
        Path backup = temporary.resolve("backup");
        return new Backup(
                () -> {
                    database.close();
                    copyFolder(data, backup);
                    database.start();
                    awaitReady(server);
                },
                () -> {
                    database.close();
                    copyFolder(backup, data);
                    database.start();
                    awaitReady(server);
                });
    }

    /** The steps that tests request, by path. */
    public Map<String, Runnable> steps() {
        return Map.of("/back-up", take, "/restore", restore);
    }

    private static void awaitReady(Server server) {
        Deadline.ofSeconds(READY_SECONDS_MAX)
                .until("ready again", () -> server.health("ready").statusCode() == 200);
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The target itself stays, because PostgreSQL refuses a folder that others may read; its content is replaced. */
    private static void copyFolder(Path from, Path to) {
        try {
            Files.createDirectories(to);
            try (Stream<Path> old = Files.list(to)) {
                for (Path each : old.toList()) {
                    TestFolders.delete(each);
                }
            }
            TestFolders.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
