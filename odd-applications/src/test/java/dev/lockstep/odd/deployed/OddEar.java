package dev.lockstep.odd.deployed;

import dev.lockstep.system.server.TestFolders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The applications as one EAR: a jar of all entities, and for each application a WAR with the same few classes. */
final class OddEar {
    private static final Path CLASSES = TestFolders.property("lockstep.odd.classes");
    private static final Path LIBRARIES = TestFolders.property("lockstep.odd.libraries");
    private static final Path EJB_MODULES = TestFolders.property("lockstep.odd.ejb.modules");
    private static final Path WEB_LIBRARIES = TestFolders.property("lockstep.odd.web.libraries");
    private static final String WEB = "dev/lockstep/odd/web/";
    private static final String QUERIES = "dev/lockstep/odd/database/";
    private static final Set<String> WITH_STRATA =
            Set.of("odd-forms", "odd-rooms", "odd-shapes", "odd-stored", "odd-values");

    /** The path of {@link QueryServlet}. */
    static final String DATABASE = "odd-database";

    private OddEar() {}

    /**
     * Writes the EAR.
     *
     * @param database the folder of the scripts for one database
     * @param applications those that have entities
     * @param leftOut entity classes that are not deployed
     */
    static Path in(Path folder, String database, Collection<String> applications, Collection<Class<?>> leftOut) {
        Path ear = folder.resolve("odd-applications.ear");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(ear))) {
            add(zip, "META-INF/application.xml", descriptor(applications).getBytes(StandardCharsets.UTF_8));
            add(zip, "lib/odd-applications-model.jar", model(database, leftOut));
            addAll(zip, LIBRARIES, name -> "lib/" + name);
            addAll(zip, EJB_MODULES, UnaryOperator.identity());
            for (String application : applications) {
                add(zip, application + ".war", war(WITH_STRATA.contains(application)));
            }
            add(zip, DATABASE + ".war", zip(war -> addClasses(war, QUERIES)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ear;
    }

    private static String descriptor(Collection<String> applications) {
        StringBuilder xml =
                new StringBuilder("<application xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"10\">"
                        + "<initialize-in-order>true</initialize-in-order>"
                        + "<module><ejb>sync-ejb.jar</ejb></module>");
        Stream.concat(applications.stream(), Stream.of(DATABASE))
                .forEach(name -> xml.append("<module><web><web-uri>")
                        .append(name)
                        .append(".war</web-uri><context-root>/")
                        .append(name)
                        .append("</context-root></web></module>"));
        return xml.append("<library-directory>lib</library-directory></application>")
                .toString();
    }

    private static byte[] model(String database, Collection<Class<?>> leftOut) throws IOException {
        return zip(jar -> {
            List<String> skipped = Stream.concat(
                            Stream.of(WEB, QUERIES, "h2/", "postgresql/"),
                            leftOut.stream().map(entity -> entity.getName().replace('.', '/') + "."))
                    .toList();
            addAll(jar, CLASSES, name -> skipped.stream().anyMatch(name::contains) ? "" : name);
            addAll(jar, CLASSES.resolve(database), UnaryOperator.identity());
        });
    }

    private static byte[] war(boolean strata) throws IOException {
        return zip(war -> {
            addAll(war, WEB_LIBRARIES, name -> "WEB-INF/lib/" + name);
            addAll(
                    war,
                    CLASSES.resolve(WEB),
                    name -> !strata && name.contains("Strata") ? "" : "WEB-INF/classes/" + WEB + name);
        });
    }

    private static void addClasses(ZipOutputStream war, String folder) throws IOException {
        addAll(war, CLASSES.resolve(folder), name -> "WEB-INF/classes/" + folder + name);
    }

    private interface Content {
        void writeTo(ZipOutputStream zip) throws IOException;
    }

    private static byte[] zip(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream((OutputStream) bytes)) {
            content.writeTo(zip);
        }
        return bytes.toByteArray();
    }

    /** Adds the files of a folder under the given names; files without a name are left out. */
    private static void addAll(ZipOutputStream zip, Path folder, UnaryOperator<String> naming) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = naming.apply(folder.relativize(file).toString().replace('\\', '/'));
                if (!name.isEmpty()) {
                    add(zip, name, Files.readAllBytes(file));
                }
            }
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
