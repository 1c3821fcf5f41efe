package dev.lockstep.room;

import static dev.lockstep.log.AnEntry.anEntry;
import static dev.lockstep.room.Building.P1;
import static dev.lockstep.room.Building.P2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Memberships;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private final Building building = new Building();

    @AfterEach
    void close() {
        building.close();
    }

    @Test
    @DisplayName("[ROOM1] a follower hears of every commit after its position, and of none before")
    void afterItsPosition() {
        building.joined(P1);
        building.deliver(ACommit.at(1));
        AFollower follower = building.joined(P1);
        building.deliver(ACommit.at(2), ACommit.at(3));

        assertThat(follower.position()).isEqualTo(new Seq(1));
        assertThat(follower.read()).containsExactly(2L, 3L);
        assertThat(follower.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("[ROOM1] of commits in other rooms it hears nothing, of mixed ones its part")
    void ownRoomOnly() {
        AFollower follower = building.joined(P1);
        building.deliver(ACommit.at(1, 1, anEntry().in("p2")));
        assertThat(follower.calls()).isZero();
        building.deliver(
                ACommit.at(2, 1, anEntry().in("p2"), anEntry(), anEntry().in("p2")));

        assertThat(follower.read()).containsExactly(3L);
    }

    @Test
    @DisplayName("[ROOM3] a follower of two rooms hears their commits in one order")
    void twoRooms() {
        AFollower follower = building.joined(P1, P2);
        building.deliver(
                ACommit.at(1, 1, anEntry().in("p2")),
                ACommit.at(2),
                ACommit.at(3, 1, anEntry().in("p2")));

        assertThat(follower.read()).containsExactly(1L, 2L, 3L);
    }

    @Test
    @DisplayName("[ROOM3] who follows as many rooms as anybody may be in, and they are open already, begins too")
    void manyRooms() {
        RoomId[] many = IntStream.range(0, Memberships.GROUPS_MAX)
                .mapToObj(i -> new RoomId("workshop", "group " + i))
                .toArray(RoomId[]::new);
        building.joined(many);
        AFollower follower = building.joined(many);
        building.deliver(ACommit.at(1, 1, anEntry().in("group 9999")));

        assertThat(follower.hasJoined()).isTrue();
        assertThat(follower.read()).containsExactly(1L);
    }

    @Test
    @DisplayName("[ROOM1] one who has left hears nothing more, the others do")
    void leaves() {
        AFollower gone = building.joined(P1);
        AFollower stays = building.joined(P1);
        building.rooms().leave(List.of(P1), gone, Runnable::run);
        building.rooms().leave(List.of(P1), gone, Runnable::run); // more than once is the same as once
        building.deliver(ACommit.at(1));

        assertThat(gone.calls()).isZero();
        assertThat(stays.read()).containsExactly(1L);
    }

    @Test
    @DisplayName("[ROOM6] a room is open while somebody follows it")
    void closes() {
        AFollower one = building.joined(P1);
        AFollower both = building.joined(P1, P2);
        assertThat(building.rooms().open()).isEqualTo(2);
        building.rooms().leave(List.of(P1, P2), both, Runnable::run);
        assertThat(building.rooms().open()).isEqualTo(1);
        building.rooms().leave(List.of(P1), one, Runnable::run);

        assertThat(building.rooms().open()).isZero();
    }
}
