package com.example.shopping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.access.AccessPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/access.md");
    private static final Path SOURCES = Path.of("src/test/java/com/example/shopping");

    @ParameterizedTest
    @ValueSource(strings = {"ShoppingAccess", "ItemsAreKept"})
    @DisplayName("docs/access.md shows the class that is compiled here")
    void sameText(String name) throws IOException {
        String source = Files.readString(SOURCES.resolve(name + ".java"));
        String shown = source.substring(source.indexOf("@ApplicationScoped"));

        assertThat(Files.readString(DOCUMENT)).contains("```java\n" + shown + "```\n");
    }

    @Test
    @DisplayName("the policy has each part that it names")
    void isAPolicy() {
        AccessPolicy policy = new ShoppingAccess().policy();

        assertThat(policy.requiresAuthentication()).isTrue();
        assertThat(policy.room()).isPresent();
        assertThat(policy.ownership()).isPresent();
        assertThat(policy.rules()).isPresent();
        assertThat(policy.perUser()).isFalse();
    }
}
