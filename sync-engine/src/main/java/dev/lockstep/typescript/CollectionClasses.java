package dev.lockstep.typescript;

import dev.lockstep.api.entity.SyncCollection;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The entities with {@code @SyncCollection} on a class path. */
final class CollectionClasses {
    private static final String SUFFIX = ".class";

    /** The annotation as class files name it. A file without this text has no such class, and is not loaded. */
    private static final String DESCRIPTOR =
            "L" + SyncCollection.class.getName().replace('.', '/') + ";";

    private final ClassLoader loader;
    private final List<Class<?>> found = new ArrayList<>();

    private CollectionClasses(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Finds the entities in the folders and jars of a class path, which this loader has, too.
     *
     * @throws IOException if a file cannot be read
     */
    static List<Class<?>> on(String classPath, ClassLoader loader) throws IOException {
        CollectionClasses classes = new CollectionClasses(loader);
        for (String element : classPath.split(File.pathSeparator, -1)) {
            classes.addFrom(Path.of(element));
        }
        return classes.found;
    }

    private void addFrom(Path element) throws IOException {
        if (Files.isDirectory(element)) {
            addBelow(element);
        } else if (Files.isRegularFile(element)) {
            try (FileSystem jar = FileSystems.newFileSystem(element)) {
                addBelow(jar.getPath("/"));
            }
        }
    }

    private void addBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
                if (mentionsAnnotation(file)) {
                    addIfCollection(root.relativize(file).toString());
                }
            }
        }
    }

    private static boolean mentionsAnnotation(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1).contains(DESCRIPTOR);
        }
    }

    private void addIfCollection(String file) {
        String name = file.substring(0, file.length() - SUFFIX.length())
                .replace('/', '.')
                .replace(File.separatorChar, '.');
        try {
            Class<?> type = Class.forName(name, false, loader);
            if (type.isAnnotationPresent(SyncCollection.class) && !found.contains(type)) {
                found.add(type);
            }
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    "The class " + name + " cannot be loaded: add what it needs to the class path", e);
        }
    }
}
