package com.example.todos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SveltebaseDocumentTest {
    @Test
    @DisplayName("docs/sveltebase.md shows the class that is compiled here")
    void sameText() throws IOException {
        String source = Files.readString(Path.of("src/test/java/com/example/todos/Chores.java"));
        String shown = source.substring(source.indexOf("@ApplicationScoped"));

        assertThat(Files.readString(Path.of("../docs/sveltebase.md"))).contains("```java\n" + shown + "```\n");
    }
}
