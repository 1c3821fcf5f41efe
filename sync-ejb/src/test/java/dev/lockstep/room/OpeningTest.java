package dev.lockstep.room;

import static dev.lockstep.log.AnEntry.anEntry;
import static dev.lockstep.room.Building.P1;
import static dev.lockstep.room.Building.P2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What happens while a room opens: its frame numbers are read aside, at some position of the log. */
class OpeningTest {
    private final Building building = new Building();
    private final AFollower follower = new AFollower();

    @AfterEach
    void close() {
        building.close();
    }

    @Test
    @DisplayName("[ROOM2] who joins waits for the frame numbers; those who come meanwhile share one reading")
    void waits() {
        AFollower second = new AFollower();
        building.join(follower, P1);
        building.join(second, P1);
        assertThat(building.asked()).containsExactly(P1);
        assertThat(follower.hasJoined()).isFalse();
        building.numbersRead(P1, 0, 41);

        assertThat(follower.frameNumber()).isEqualTo(41);
        assertThat(second.frameNumber()).isEqualTo(41);
    }

    @Test
    @DisplayName("[ROOM2] numbers that were read at a newer position wait for the commits up to it")
    void newerNumbers() {
        building.join(follower, P1);
        building.numbersRead(P1, 2, 2); // the reader saw two commits that the rooms have not been handed yet
        assertThat(follower.hasJoined()).isFalse();
        building.deliver(ACommit.at(1));
        assertThat(follower.hasJoined()).isFalse();
        building.deliver(ACommit.at(2), ACommit.at(3));

        assertThat(follower.position()).isEqualTo(new Seq(3));
        assertThat(follower.frameNumber()).isEqualTo(3);
        building.deliver(ACommit.at(4));
        assertThat(follower.read()).containsExactly(4L);
    }

    @Test
    @DisplayName("[ROOM2] numbers that were read at an older position are carried on by the commits since")
    void olderNumbers() {
        building.join(follower, P1);
        building.deliver(ACommit.at(1), ACommit.at(2));
        building.numbersRead(P1, 0, 0);

        assertThat(follower.position()).isEqualTo(new Seq(2));
        assertThat(follower.frameNumber()).isEqualTo(2);
        assertThat(follower.read()).isEmpty();
    }

    @Test
    @DisplayName("[ROOM2] a follower of two rooms begins when both are open, at one position")
    void bothOpen() {
        building.join(follower, P1, P2);
        building.numbersRead(P2, 0, 7);
        building.deliver(ACommit.at(1));
        assertThat(follower.hasJoined()).isFalse();
        building.numbersRead(P1, 0, 0);

        assertThat(follower.position()).isEqualTo(new Seq(1));
        building.deliver(ACommit.at(2), ACommit.at(3, 8, anEntry().in("p2")));
        assertThat(follower.read()).containsExactly(2L, 3L);
    }

    @Test
    @DisplayName("[ROOM2] one who leaves while its room opens never begins, and does not keep it open")
    void leaves() {
        building.join(follower, P1);
        building.rooms().leave(List.of(P1), follower, Runnable::run);
        assertThat(building.rooms().open()).isZero();
        building.numbersRead(P1, 0, 41);
        building.deliver(ACommit.at(1));

        assertThat(follower.hasJoined()).isFalse();
        assertThat(building.rooms().open()).isZero();
    }

    @Test
    @DisplayName("[ROOM2] of two who wait, one leaves: the other begins")
    void oneLeaves() {
        AFollower stays = new AFollower();
        building.join(follower, P1);
        building.join(stays, P1);
        building.rooms().leave(List.of(P1), follower, Runnable::run);
        building.numbersRead(P1, 0, 41);

        assertThat(follower.hasJoined()).isFalse();
        assertThat(stays.frameNumber()).isEqualTo(41);
    }

    @Test
    @DisplayName(
            "[ROOM2] numbers that were read for a room that closed since are not those of the room that opened again")
    void readForAnother() {
        building.join(follower, P1);
        building.rooms().leave(List.of(P1), follower, Runnable::run);
        building.deliver(ACommit.at(1)); // frame 1, while nobody follows
        AFollower again = new AFollower();
        building.join(again, P1);
        building.numbersRead(P1, 0, 0); // the first reading, only now
        building.numbersRead(P1, 1, 1); // the second

        assertThat(again.frameNumber()).isEqualTo(1);
    }
}
