package dev.lockstep.system.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders of the build, and folders for tests. */
public final class TestFolders {
    private TestFolders() {}

    /** The server that module {@code config} has provisioned. Read only. */
    public static Path provisionedServer() {
        return property("lockstep.server");
    }

    /** The EAR with the examples. */
    public static Path examplesEar() {
        return property("lockstep.ear");
    }

    /** A stock WildFly. Read only. */
    public static Path stockServer() {
        return property("lockstep.test.stock.server");
    }

    /** The project of a new application. */
    public static Path ownApplication() {
        return property("lockstep.test.own.application");
    }

    /** The browser tests, with a place to install their packages. */
    public static Path browserTests() {
        return property("lockstep.test.browser");
    }

    /** The built starters of front ends. */
    public static Path starters() {
        return property("lockstep.root").resolve("client/target/starters");
    }

    /** The tests with Strata's clients, with a place to install their packages. Beside the browser tests. */
    public static Path strataTests() {
        return property("lockstep.test.strata");
    }

    /** The tests with LiveStore's clients, with a place to install their packages. Beside the browser tests. */
    public static Path liveStoreTests() {
        return property("lockstep.test.livestore");
    }

    /** An empty folder below {@code target}. */
    public static Path empty(String name) {
        try {
            Path folder = property("lockstep.test.folder").resolve(name);
            delete(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder with its content. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** Deletes a folder with its content. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The folder that the build names by this property. */
    public static Path property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the build sets " + name + ": run the tests with mvn verify");
        }
        return Path.of(value);
    }
}
