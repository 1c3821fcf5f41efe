package dev.lockstep.system.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Maven repository with only the Lockstep artifacts of this build. */
final class LocalRepository {
    private static final String VERSION = property("lockstep.version");
    private static final Path LOCKSTEP = Path.of(property("lockstep.root"));

    private final Path folder;

    private LocalRepository(Path folder) {
        this.folder = folder;
    }

    /** The result of {@code mvn install} of the modules in an empty repository. */
    static LocalRepository withLockstepIn(Path folder) throws IOException {
        LocalRepository repository = new LocalRepository(folder);
        repository.install("lockstep", LOCKSTEP.resolve("pom.xml"), "pom");
        for (String module : new String[] {"sync-api", "sync-engine", "sync-ejb", "sync-web"}) {
            repository.installModule(module, module);
        }
        repository.installModule("lockstep-client", "client");
        repository.installModule("lockstep-maven-plugin", "maven-plugin");
        return repository;
    }

    private void installModule(String artifact, String module) throws IOException {
        Path root = LOCKSTEP.resolve(module);
        install(artifact, root.resolve("pom.xml"), "pom");
        install(artifact, root.resolve("target").resolve(artifact + "-" + VERSION + ".jar"), "jar");
    }

    private void install(String artifact, Path file, String extension) throws IOException {
        Path version =
                folder.resolve("dev").resolve("lockstep").resolve(artifact).resolve(VERSION);
        Files.createDirectories(version);
        Files.copy(file, version.resolve(artifact + "-" + VERSION + "." + extension));
    }

    Path folder() {
        return folder;
    }

    /** Settings that resolve everything else where the surrounding build found it, and then as usual. */
    Path settings(Path file) throws IOException {
        String repository = "<id>around</id><url>"
                + Path.of(property("lockstep.test.repository")).toUri()
                + "</url><releases><enabled>true</enabled><checksumPolicy>ignore</checksumPolicy></releases>"
                + "<snapshots><enabled>false</enabled></snapshots>";
        return Files.writeString(
                file,
                "<settings><profiles><profile><id>around</id>"
                        + "<repositories><repository>" + repository + "</repository></repositories>"
                        + "<pluginRepositories><pluginRepository>" + repository
                        + "</pluginRepository></pluginRepositories>"
                        + "</profile></profiles><activeProfiles><activeProfile>around</activeProfile></activeProfiles>"
                        + "</settings>");
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the build sets " + name + ": run the tests with mvn verify");
        }
        return value;
    }
}
