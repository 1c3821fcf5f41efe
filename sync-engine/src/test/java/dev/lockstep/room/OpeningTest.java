package dev.lockstep.room;

import static dev.lockstep.log.LogEntryFixture.logEntryFixture;
import static dev.lockstep.room.RoomsFixture.P1;
import static dev.lockstep.room.RoomsFixture.P2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events while a room opens: its frame numbers are read on another thread, at some position of the log. */
class OpeningTest {
    private final RoomsFixture roomsFixture = new RoomsFixture();
    private final RecordingSubscriber subscriber = new RecordingSubscriber();

    @AfterEach
    void close() {
        roomsFixture.close();
    }

    @Test
    @Tag("ROOM2")
    @DisplayName(
            "[ROOM2] a joining subscriber waits for the frame numbers; subscribers that join meanwhile share one read")
    void waits() {
        RecordingSubscriber second = new RecordingSubscriber();
        roomsFixture.join(subscriber, P1);
        roomsFixture.join(second, P1);
        assertThat(roomsFixture.requested()).containsExactly(P1);
        assertThat(subscriber.hasJoined()).isFalse();
        roomsFixture.numbersRead(P1, 0, 41);

        assertThat(subscriber.frameNumber()).isEqualTo(41);
        assertThat(second.frameNumber()).isEqualTo(41);
    }

    @Test
    @Tag("ROOM2")
    @DisplayName("[ROOM2] numbers that were read at a newer position wait for the commits up to it")
    void newerNumbers() {
        roomsFixture.join(subscriber, P1);
        roomsFixture.numbersRead(P1, 2, 2); // the reader saw two commits that the rooms do not have yet
        assertThat(subscriber.hasJoined()).isFalse();
        roomsFixture.deliver(CommitFixture.at(1));
        assertThat(subscriber.hasJoined()).isFalse();
        roomsFixture.deliver(CommitFixture.at(2), CommitFixture.at(3));

        assertThat(subscriber.position()).isEqualTo(new Seq(3));
        assertThat(subscriber.frameNumber()).isEqualTo(3);
        roomsFixture.deliver(CommitFixture.at(4));
        assertThat(subscriber.read()).containsExactly(4L);
    }

    @Test
    @Tag("ROOM2")
    @DisplayName("[ROOM2] numbers that were read at an older position are advanced by the commits since")
    void olderNumbers() {
        roomsFixture.join(subscriber, P1);
        roomsFixture.deliver(CommitFixture.at(1), CommitFixture.at(2));
        roomsFixture.numbersRead(P1, 0, 0);

        assertThat(subscriber.position()).isEqualTo(new Seq(2));
        assertThat(subscriber.frameNumber()).isEqualTo(2);
        assertThat(subscriber.read()).isEmpty();
    }

    @Test
    @Tag("ROOM2")
    @DisplayName("[ROOM2] a subscriber of two rooms starts when both are open, at one position")
    void bothOpen() {
        roomsFixture.join(subscriber, P1, P2);
        roomsFixture.numbersRead(P2, 0, 7);
        roomsFixture.deliver(CommitFixture.at(1));
        assertThat(subscriber.hasJoined()).isFalse();
        roomsFixture.numbersRead(P1, 0, 0);

        assertThat(subscriber.position()).isEqualTo(new Seq(1));
        roomsFixture.deliver(
                CommitFixture.at(2), CommitFixture.at(3, 8, logEntryFixture().in("p2")));
        assertThat(subscriber.read()).containsExactly(2L, 3L);
    }

    @Test
    @Tag("ROOM2")
    @DisplayName("[ROOM2] a subscriber that leaves while its room opens never starts, and does not keep it open")
    void leaves() {
        roomsFixture.join(subscriber, P1);
        roomsFixture.rooms().leave(List.of(P1), subscriber, Runnable::run);
        assertThat(roomsFixture.rooms().open()).isZero();
        roomsFixture.numbersRead(P1, 0, 41);
        roomsFixture.deliver(CommitFixture.at(1));

        assertThat(subscriber.hasJoined()).isFalse();
        assertThat(roomsFixture.rooms().open()).isZero();
    }

    @Test
    @Tag("ROOM2")
    @DisplayName("[ROOM2] of two waiting subscribers one leaves, and the other starts")
    void oneLeaves() {
        RecordingSubscriber stays = new RecordingSubscriber();
        roomsFixture.join(subscriber, P1);
        roomsFixture.join(stays, P1);
        roomsFixture.rooms().leave(List.of(P1), subscriber, Runnable::run);
        roomsFixture.numbersRead(P1, 0, 41);

        assertThat(subscriber.hasJoined()).isFalse();
        assertThat(stays.frameNumber()).isEqualTo(41);
    }

    @Test
    @Tag("ROOM2")
    @DisplayName(
            "[ROOM2] numbers that were read for a room that closed since are not used for the room that opens again")
    void readForAnother() {
        roomsFixture.join(subscriber, P1);
        roomsFixture.rooms().leave(List.of(P1), subscriber, Runnable::run);
        roomsFixture.deliver(CommitFixture.at(1)); // frame 1, without a subscriber
        RecordingSubscriber again = new RecordingSubscriber();
        roomsFixture.join(again, P1);
        roomsFixture.numbersRead(P1, 0, 0); // the first read completes late
        roomsFixture.numbersRead(P1, 1, 1); // the second read

        assertThat(again.frameNumber()).isEqualTo(1);
    }
}
