package dev.lockstep.room;

import static dev.lockstep.room.RoomsFixture.P1;
import static dev.lockstep.room.RoomsFixture.P2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.RoomId;
import jakarta.enterprise.context.ContextNotActiveException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RoomContextTest {
    private final RoomsFixture roomsFixture = new RoomsFixture();
    private final Whiteboard whiteboard = roomsFixture.whiteboard();

    @BeforeEach
    void forget() {
        Whiteboard.WIPED.clear();
    }

    @AfterEach
    void close() {
        roomsFixture.close();
    }

    private String write(RoomId room, String more) {
        return roomsFixture.context().in(room, () -> {
            whiteboard.write(more);
            return whiteboard.text();
        });
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] each room has its own bean, always the same")
    void oneEach() {
        roomsFixture.joined(P1);
        write(P1, "a");

        assertThat(write(P2, "b")).isEqualTo("b");
        assertThat(write(P1, "c")).isEqualTo("ac");
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] rooms of two applications with one name are two")
    void applicationsApart() {
        write(P1, "a");

        assertThat(write(new RoomId("office", P1.name()), "b")).isEqualTo("b");
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] in a nested room the inner room's bean is active, and the outer room's again after")
    void nested() {
        String text = roomsFixture.context().in(P1, () -> {
            write(P2, "inner");
            whiteboard.write("outer");
            return whiteboard.text();
        });

        assertThat(text).isEqualTo("outer");
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] work in a room without subscribers has a bean until it ends")
    void withoutSubscribers() {
        assertThat(write(P1, "a")).isEqualTo("a");
        assertThat(Whiteboard.WIPED).containsExactly("a");

        assertThat(write(P1, "b")).isEqualTo("b");
    }

    @Test
    @Tag("ROOM6")
    @DisplayName(
            "[ROOM6] a subscriber that joins while work outlives the last subscriber finds a room that opens again")
    void reopenedMeanwhile() {
        RecordingSubscriber first = roomsFixture.joined(P1);
        roomsFixture.context().in(P1, () -> {
            whiteboard.write("kept");
            roomsFixture.rooms().leave(List.of(P1), first, Runnable::run);
            assertThat(Whiteboard.WIPED).isEmpty();
            return roomsFixture.joined(P1);
        });

        assertThat(Whiteboard.WIPED).isEmpty();
        assertThat(write(P1, "")).isEqualTo("kept");
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] outside a room there is no bean, and the message states where there is")
    void outside() {
        assertThatThrownBy(whiteboard::text).isInstanceOf(ContextNotActiveException.class);
        assertThatThrownBy(roomsFixture.context()::current)
                .isInstanceOf(ContextNotActiveException.class)
                .hasMessageStartingWith("no room on this thread: call @RoomScoped beans within");
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] beans live from the first subscriber of a room to the last")
    void firstToLast() {
        RecordingSubscriber first = roomsFixture.joined(P1);
        RecordingSubscriber second = roomsFixture.joined(P1);
        write(P1, "a");
        roomsFixture.rooms().leave(List.of(P1), first, Runnable::run);
        assertThat(Whiteboard.WIPED).isEmpty();
        roomsFixture.rooms().leave(List.of(P1), second, Runnable::run);

        assertThat(Whiteboard.WIPED).containsExactly("a");
        roomsFixture.joined(P1);
        assertThat(write(P1, "b")).isEqualTo("b");
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] beans are destroyed on another thread, and a room that opens again has new ones")
    void destroyedAside() {
        List<Runnable> elsewhere = new ArrayList<>();
        RecordingSubscriber first = roomsFixture.joined(P1);
        write(P1, "old");

        roomsFixture.rooms().leave(List.of(P1), first, elsewhere::add);
        assertThat(Whiteboard.WIPED).isEmpty();
        roomsFixture.joined(P1);
        assertThat(write(P1, "new")).isEqualTo("new");
        elsewhere.forEach(Runnable::run);

        assertThat(Whiteboard.WIPED).containsExactly("old");
        assertThat(write(P1, "")).isEqualTo("new");
    }
}
