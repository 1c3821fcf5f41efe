package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.RoomId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClientGenerationsTest {
    private static final RoomId ROOM = new RoomId("todo-app", "default");
    private static final Caller ALICE = new Caller("todo-app", Optional.of("alice"), Map.of(), Optional.empty());
    private static final Caller ANYBODY = Caller.anonymous("todo-app");

    private final ClientGenerations generations = new ClientGenerations();

    @Test
    @Tag("CFS23")
    @DisplayName("[CFS23] a request that names its rows marks a newer client, whatever its caller")
    void byIds() {
        assertThat(generations.isCurrent(ROOM, ANYBODY, Map.of("_entityId", "a")))
                .isTrue();
        assertThat(generations.isCurrent(ROOM, ANYBODY, Map.of("_entityIds", "a")))
                .isTrue();
        assertThat(generations.isCurrent(ROOM, ANYBODY, Map.of("id", "a"))).isFalse();
        assertThat(generations.isCurrent(ROOM, ANYBODY, null)).isFalse();
    }

    @Test
    @Tag("CFS23")
    @DisplayName(
            "[CFS23] a ping on a socket of the caller in the room marks a newer client until the last socket is closed")
    void byPings() {
        generations.firstPing(ROOM, ALICE);
        generations.firstPing(ROOM, ALICE);
        assertThat(generations.isCurrent(ROOM, ALICE, Map.of())).isTrue();
        assertThat(generations.isCurrent(ROOM, ANYBODY, Map.of())).isFalse();
        assertThat(generations.isCurrent(new RoomId("todo-app", "other"), ALICE, Map.of()))
                .isFalse();

        generations.socketClosed(ROOM, ALICE);
        assertThat(generations.isCurrent(ROOM, ALICE, Map.of())).isTrue();
        generations.socketClosed(ROOM, ALICE);
        assertThat(generations.isCurrent(ROOM, ALICE, Map.of())).isFalse();
    }
}
