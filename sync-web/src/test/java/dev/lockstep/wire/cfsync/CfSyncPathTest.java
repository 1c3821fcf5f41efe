package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Operation;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CfSyncPathTest {
    private static CfSyncPath path(String... names) {
        return CfSyncPath.of(Arrays.asList(names), Set.of("todos", "notes")::contains);
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] the current layout names room, collection and row")
    void today() {
        assertThat(path("default", "todos"))
                .isEqualTo(new CfSyncPath(Optional.of("default"), "todos", Optional.empty()));
        assertThat(path("default", "todos", "7"))
                .isEqualTo(new CfSyncPath(Optional.of("default"), "todos", Optional.of("7")));
        assertThat(path("default", "todos", "bulk").isBulk()).isTrue();
    }

    @Test
    @Tag("CFS18")
    @DisplayName("[CFS18] the older layout names collection and row, or the room of a list")
    void older() {
        assertThat(path("todos")).isEqualTo(new CfSyncPath(Optional.empty(), "todos", Optional.empty()));
        assertThat(path("todos", "bulk").isBulk()).isTrue();
        assertThat(path("todos", "my-room"))
                .isEqualTo(new CfSyncPath(Optional.empty(), "todos", Optional.of("my-room")));
    }

    @Test
    @Tag("CFS18")
    @DisplayName("[CFS18] if two segments name collections, or none does, the current layout applies")
    void undecided() {
        assertThat(path("todos", "notes").collection()).isEqualTo("notes");
        assertThat(path("default", "zzz").collection()).isEqualTo("zzz");
        assertThat(path("todos", "zzz", "7").collection()).isEqualTo("zzz");
    }

    @Test
    @Tag("COL13")
    @DisplayName("[COL13] a path allows the methods of its collection's operations and of its kind")
    void methods() {
        Set<Operation> some = Set.of(Operation.INSERT, Operation.DELETE);
        assertThat(path("default", "todos").methods(some)).isEqualTo("GET, HEAD, POST");
        assertThat(path("default", "todos", "7").methods(some)).isEqualTo("DELETE");
        assertThat(path("default", "todos", "bulk").methods(some)).isEqualTo("POST, DELETE");
        assertThat(path("default", "todos", "7").methods(Set.of(Operation.UPDATE)))
                .isEqualTo("PUT");
        assertThat(path("todos").methods(some)).isEqualTo("POST");
        assertThat(path("default", "todos", "7").methods(Set.of())).isEmpty();
    }
}
