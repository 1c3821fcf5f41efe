package com.example.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.handler.HandledChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PartsInMemoryTest {
    private static final RoomId SHARED = RoomId.shared("parts");

    private static HandledChange change(String mutation) {
        return new HandledChange(mutation, SHARED, new EntityId("p"), Caller.anonymous("parts"), false);
    }

    @Test
    @DisplayName("docs/collection-handlers.md shows the handler that is compiled here")
    void sameText() throws IOException {
        String source = Files.readString(Path.of("src/test/java/com/example/parts/PartsInMemory.java"));
        String shown = source.substring(source.indexOf("@ApplicationScoped"));

        assertThat(Files.readString(Path.of("../docs/collection-handlers.md"))).contains("```java\n" + shown + "```\n");
    }

    @Test
    @DisplayName("docs/collection-handlers.md shows the handler of a table that the system tests deploy")
    void sameTextOfTheTable() throws IOException {
        Path tested = Path.of("../ear/src/test/java/dev/lockstep/system/probe/handled");
        String handler = Files.readString(tested.resolve("WarehouseParts.java"));
        String store = Files.readString(tested.resolve("Warehouse.java"));
        String once = store.substring(
                store.indexOf("    /** Makes a change unless"), store.indexOf("\n    private static boolean isNew"));

        assertThat(Files.readString(Path.of("../docs/collection-handlers.md")))
                .contains("```java\n" + handler.substring(handler.indexOf("@ApplicationScoped")) + "```\n")
                .contains("```java\n" + once + "```\n");
    }

    @Test
    @DisplayName("a repeated change is made once")
    void repeated() {
        PartsInMemory parts = new PartsInMemory();
        parts.create(change("1"), Map.of("name", "wheel"));
        parts.update(change("2"), Map.of("name", "gear"));
        parts.create(change("1"), Map.of("name", "wheel"));

        assertThat(parts.fetch(SHARED)).containsExactly(Map.of("id", "p", "name", "gear"));
    }
}
