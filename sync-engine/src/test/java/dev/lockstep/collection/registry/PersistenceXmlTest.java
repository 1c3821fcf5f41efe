package dev.lockstep.collection.registry;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceXmlTest {
    @TempDir
    private Path jar;

    private void require(String persistenceXml) throws IOException {
        Path file = jar.resolve("META-INF/persistence.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, persistenceXml);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            PersistenceXml.requireListener(loader);
        }
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a unit without the listener fails the deployment; the message names the line to add")
    void missing() {
        assertThatThrownBy(() -> require("<persistence-unit name=\"lockstep\"/>"))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("add <mapping-file>META-INF/lockstep-orm.xml</mapping-file>");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a unit with the listener, and other units, are accepted")
    void fine() {
        assertThatCode(() -> require("<persistence-unit name=\"other\"/>")).doesNotThrowAnyException();
        assertThatCode(() -> require("<persistence-unit name=\"lockstep\"><mapping-file>META-INF/lockstep-orm.xml"
                        + "</mapping-file></persistence-unit>"))
                .doesNotThrowAnyException();
    }
}
