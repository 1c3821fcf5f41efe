package dev.lockstep.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.log.LogEntryFixture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Heap use of rooms that were open. */
class ManyRoomsTest {
    private static final int ROOMS = 10_000;

    /** The allowed increase. */
    private static final double GROWTH_MAX = 0.10;

    /** Requested garbage collections. The memory in use after all of them stays in use. */
    private static final int COLLECTIONS_MAX = 20;

    private final RoomsFixture roomsFixture = new RoomsFixture();

    @AfterEach
    void close() {
        roomsFixture.close();
    }

    private static RoomId room(int number) {
        return new RoomId("workshop", "room " + number);
    }

    /** Opens rooms, each with a subscriber and a commit, and closes all but some of them. */
    private void openAndClose(int rooms, int kept) {
        List<RecordingSubscriber> subscribers = new ArrayList<>();
        for (int i = 0; i < rooms; i++) {
            subscribers.add(roomsFixture.joined(room(i)));
        }
        assertThat(roomsFixture.rooms().open()).isEqualTo(rooms);
        for (int i = 0; i < rooms; i++) {
            long seq = roomsFixture.rooms().position().value() + 1;
            roomsFixture.deliver(
                    CommitFixture.at(seq, 1, LogEntryFixture.logEntryFixture().in(room(i).name())));
        }
        for (int i = kept; i < rooms; i++) {
            roomsFixture.rooms().leave(List.of(room(i)), subscribers.get(i), Runnable::run);
        }
        assertThat(roomsFixture.rooms().open()).isEqualTo(kept);
    }

    /** Whether the memory in use is as before, within the tolerance, after some garbage collection. */
    private static boolean isBackTo(long before) {
        for (int i = 0; i < COLLECTIONS_MAX; i++) {
            if (used() <= before * (1 + GROWTH_MAX)) {
                return true;
            }
        }
        return false;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** After the first rooms, so that one-time allocations are included; the minimum of some measurements. */
    private long before() {
        openAndClose(ROOMS / 10, 0);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS_MAX; i++) {
            least = Math.min(least, used());
        }
        return least;
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] 10,000 rooms that were open leave nothing in the heap")
    void leaveNothing() {
        long before = before();
        openAndClose(ROOMS, 0);

        assertThat(isBackTo(before)).isTrue();
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] the same heap check finds rooms that are kept")
    void keptRoomsAreSeen() {
        long before = before();
        openAndClose(ROOMS, ROOMS);

        assertThat(isBackTo(before)).isFalse();
        assertThat(roomsFixture.rooms().open()).isEqualTo(ROOMS);
    }
}
