package dev.lockstep.room;

import static dev.lockstep.log.LogEntryFixture.logEntryFixture;
import static dev.lockstep.room.RoomsFixture.P1;
import static dev.lockstep.room.RoomsFixture.P2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.identity.Memberships;
import dev.lockstep.metrics.ShownMetrics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private final RoomsFixture roomsFixture = new RoomsFixture();

    @AfterEach
    void close() {
        roomsFixture.close();
    }

    @Test
    @Tag("ROOM1")
    @DisplayName("[ROOM1] a subscriber receives every commit after its position, and none before")
    void afterItsPosition() {
        roomsFixture.joined(P1);
        roomsFixture.deliver(CommitFixture.at(1));
        RecordingSubscriber subscriber = roomsFixture.joined(P1);
        roomsFixture.deliver(CommitFixture.at(2), CommitFixture.at(3));

        assertThat(subscriber.position()).isEqualTo(new Seq(1));
        assertThat(subscriber.read()).containsExactly(2L, 3L);
        assertThat(subscriber.calls()).isEqualTo(1);
    }

    @Test
    @Tag("ROOM1")
    @DisplayName("[ROOM1] of commits in other rooms it receives nothing, of mixed ones its part")
    void ownRoomOnly() {
        RecordingSubscriber subscriber = roomsFixture.joined(P1);
        roomsFixture.deliver(CommitFixture.at(1, 1, logEntryFixture().in("p2")));
        assertThat(subscriber.calls()).isZero();
        roomsFixture.deliver(CommitFixture.at(
                2,
                1,
                logEntryFixture().in("p2"),
                logEntryFixture(),
                logEntryFixture().in("p2")));

        assertThat(subscriber.read()).containsExactly(3L);
    }

    @Test
    @Tag("ROOM3")
    @DisplayName("[ROOM3] a subscriber of two rooms receives their commits in one order")
    void twoRooms() {
        RecordingSubscriber subscriber = roomsFixture.joined(P1, P2);
        roomsFixture.deliver(
                CommitFixture.at(1, 1, logEntryFixture().in("p2")),
                CommitFixture.at(2),
                CommitFixture.at(3, 1, logEntryFixture().in("p2")));

        assertThat(subscriber.read()).containsExactly(1L, 2L, 3L);
    }

    @Test
    @Tag("ROOM3")
    @DisplayName("[ROOM3] a subscriber of the maximum number of rooms, all open already, starts too")
    void manyRooms() {
        RoomId[] many = IntStream.range(0, Memberships.GROUPS_MAX)
                .mapToObj(i -> new RoomId("workshop", "group " + i))
                .toArray(RoomId[]::new);
        roomsFixture.joined(many);
        RecordingSubscriber subscriber = roomsFixture.joined(many);
        roomsFixture.deliver(CommitFixture.at(1, 1, logEntryFixture().in("group 9999")));

        assertThat(subscriber.hasJoined()).isTrue();
        assertThat(subscriber.read()).containsExactly(1L);
    }

    @Test
    @Tag("ROOM1")
    @DisplayName("[ROOM1] a subscriber that has left receives nothing more, the others do")
    void leaves() {
        RecordingSubscriber gone = roomsFixture.joined(P1);
        RecordingSubscriber stays = roomsFixture.joined(P1);
        roomsFixture.rooms().leave(List.of(P1), gone, Runnable::run);
        roomsFixture.rooms().leave(List.of(P1), gone, Runnable::run); // a repeated call has no effect
        roomsFixture.deliver(CommitFixture.at(1));

        assertThat(gone.calls()).isZero();
        assertThat(stays.read()).containsExactly(1L);
    }

    @Test
    @Tag("ROOM9")
    @DisplayName("[ROOM9] a message reaches the subscribers of its room in order, and no others")
    void messages() {
        RecordingSubscriber one = roomsFixture.joined(P1);
        RecordingSubscriber both = roomsFixture.joined(P1, P2);
        RecordingSubscriber other = roomsFixture.joined(P2);
        RoomMessage first = new RoomMessage("{}");
        RoomMessage second = new RoomMessage("{}");
        roomsFixture.rooms().send(P1, first);
        roomsFixture.rooms().send(P1, second);
        roomsFixture.rooms().send(new RoomId("workshop", "empty"), second);

        assertThat(one.messages()).containsExactly(first, second);
        assertThat(both.messages()).containsExactly(first, second);
        assertThat(other.messages()).isEmpty();
        assertThat(roomsFixture.rooms().open()).isEqualTo(2);
    }

    @Test
    @Tag("ROOM9")
    @DisplayName("[ROOM9] a message is encoded once for each dialect")
    void encodedOnce() {
        RoomMessage message = new RoomMessage("{}");
        Function<String, Object> dialect = json -> new Object();
        Function<String, Object> other = json -> new Object();

        assertThat(message.encodedBy(dialect)).isSameAs(message.encodedBy(dialect));
        assertThat(message.encodedBy(dialect)).isNotSameAs(message.encodedBy(other));
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] a room is open while it has a subscriber")
    void closes() {
        RecordingSubscriber one = roomsFixture.joined(P1);
        RecordingSubscriber both = roomsFixture.joined(P1, P2);
        assertThat(roomsFixture.rooms().open()).isEqualTo(2);
        roomsFixture.rooms().leave(List.of(P1, P2), both, Runnable::run);
        assertThat(roomsFixture.rooms().open()).isEqualTo(1);
        roomsFixture.rooms().leave(List.of(P1), one, Runnable::run);

        assertThat(roomsFixture.rooms().open()).isZero();
    }

    @Test
    @Tag("OPS14")
    @DisplayName("[OPS14] the open pulls are the subscriptions to stores, until they leave or the log begins anew")
    void pulls() {
        RoomId store = new StoreName("notes").room("workshop");
        ShownMetrics shown = ShownMetrics.of(roomsFixture.metrics());
        RecordingSubscriber first = roomsFixture.joined(store);
        roomsFixture.joined(store);
        roomsFixture.joined(P1);

        assertThat(shown.value("lockstep_pulls_open{application=workshop}")).isEqualTo(2);
        assertThat(roomsFixture.rooms().subscribers(List.of(store, P2))).isEqualTo(Map.of(store, 2, P2, 0));
        roomsFixture.rooms().leave(List.of(store), first, Runnable::run);
        roomsFixture.rooms().leave(List.of(store), first, Runnable::run);
        assertThat(shown.value("lockstep_pulls_open{application=workshop}")).isEqualTo(1);
        roomsFixture.rooms().restartAt(new Seq(1_000), Runnable::run);
        assertThat(shown.value("lockstep_pulls_open{application=workshop}")).isZero();
    }
}
