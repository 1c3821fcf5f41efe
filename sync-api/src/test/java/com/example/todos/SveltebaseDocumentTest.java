package com.example.todos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SveltebaseDocumentTest {
    @ParameterizedTest
    @ValueSource(strings = {"Chores", "ListChannels"})
    @DisplayName("docs/sveltebase.md shows the classes that are compiled here")
    void sameText(String shownClass) throws IOException {
        String source = Files.readString(Path.of("src/test/java/com/example/todos", shownClass + ".java"));
        String shown = source.substring(source.indexOf("@ApplicationScoped"));

        assertThat(Files.readString(Path.of("../docs/sveltebase.md"))).contains("```java\n" + shown + "```\n");
    }
}
