package com.example.shopping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.access.AccessPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path SOURCE = Path.of("src/test/java/com/example/shopping/ShoppingAccess.java");

    @Test
    @DisplayName("README shows the policy that is compiled here")
    void sameText() throws IOException {
        String source = Files.readString(SOURCE);
        String shown = source.substring(source.indexOf("@ApplicationScoped"));

        assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + shown + "```\n");
    }

    @Test
    @DisplayName("and it is one: each part that it names is there")
    void isAPolicy() {
        AccessPolicy policy = new ShoppingAccess().policy();

        assertThat(policy.requiresAuthentication()).isTrue();
        assertThat(policy.room()).isPresent();
        assertThat(policy.ownership()).isPresent();
        assertThat(policy.rules()).isPresent();
        assertThat(policy.perUser()).isFalse();
    }
}
