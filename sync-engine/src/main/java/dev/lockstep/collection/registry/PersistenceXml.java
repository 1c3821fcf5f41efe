package dev.lockstep.collection.registry;

import dev.lockstep.collection.Misconfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** Check of the EAR's {@code META-INF/persistence.xml}. */
final class PersistenceXml {
    private static final String FILE = "META-INF/persistence.xml";
    private static final String UNIT = "\"lockstep\"";
    private static final String LISTENER = "META-INF/lockstep-orm.xml";

    private PersistenceXml() {}

    /**
     * Requires the entity listener: without it, an application's own changes would reach the database and no client.
     *
     * @throws Misconfiguration if the file with the unit does not name it
     */
    static void requireListener(ClassLoader loader) {
        for (URL file : files(loader)) {
            String text = text(file);
            if (text.contains(UNIT) && !text.contains(LISTENER)) {
                throw new Misconfiguration("The persistence unit 'lockstep' in " + file
                        + " would not log the changes of application code: add <mapping-file>" + LISTENER
                        + "</mapping-file> to it.");
            }
        }
    }

    private static List<URL> files(ClassLoader loader) {
        try {
            return Collections.list(loader.getResources(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(URL file) {
        try (InputStream content = file.openStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
