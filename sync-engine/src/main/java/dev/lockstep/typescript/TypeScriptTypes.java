package dev.lockstep.typescript;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.registry.CollectionRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Writes the TypeScript types of an application from the entities on the class path:
 * {@code java -cp ... dev.lockstep.typescript.TypeScriptTypes OUTPUT [APPLICATION]}. The application is needed where the class
 * path has several. A file with the same content is left as it is.
 */
public final class TypeScriptTypes {
    private TypeScriptTypes() {}

    /** Writes the types, or prints one sentence and exits with status 1. */
    public static void main(String... arguments) {
        try {
            if (arguments.length < 1 || arguments.length > 2) {
                throw new IllegalArgumentException("Arguments: OUTPUT [APPLICATION]");
            }
            String text = of(
                    System.getProperty("java.class.path"),
                    TypeScriptTypes.class.getClassLoader(),
                    arguments.length > 1 ? arguments[1] : "");
            write(text, Path.of(arguments[0]));
        } catch (IllegalArgumentException | Misconfiguration | IOException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(1);
        }
    }

    /**
     * The types of an application.
     *
     * @param classPath folders and jars with entities; the loader has them, too
     * @param application empty if the class path has only one
     * @throws IllegalArgumentException if the application is unknown, or is not named where there are several
     * @throws Misconfiguration if an entity's annotations cannot work: the server would not start either
     */
    static String of(String classPath, ClassLoader loader, String application) throws IOException {
        CollectionRegistry collections = new CollectionRegistry(CollectionClasses.on(classPath, loader));
        Set<String> applications = collections.applications();
        if (application.isEmpty() && applications.size() > 1) {
            throw new IllegalArgumentException("There are several applications: name one of " + applications);
        }
        String wanted = application.isEmpty() ? applications.iterator().next() : application;
        if (!applications.contains(wanted)) {
            throw new IllegalArgumentException("There is no application '" + wanted + "': name one of " + applications);
        }
        return new SchemaText(wanted, collections.of(wanted)).toString();
    }

    private static void write(String text, Path file) throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text);
    }
}
