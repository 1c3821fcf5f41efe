package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.Metrics;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Rooms in a CDI container; the test is the publisher's thread, and decides when frame numbers are read. */
final class RoomsFixture implements AutoCloseable {
    static final RoomId P1 = new RoomId("workshop", "p1");
    static final RoomId P2 = new RoomId("workshop", "p2");

    private final SeContainer container = SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new RoomScopeExtension())
            .addBeanClasses(Rooms.class, Room.class, Whiteboard.class, Metrics.class)
            .initialize();
    private final Deque<RoomId> asked = new ArrayDeque<>();

    Rooms rooms() {
        return container.select(Rooms.class).get();
    }

    Metrics metrics() {
        return container.select(Metrics.class).get();
    }

    RoomContext context() {
        return container.select(RoomContext.class).get();
    }

    Whiteboard whiteboard() {
        return container.select(Whiteboard.class).get();
    }

    /** Joins; the frame numbers of opening rooms are requested and not read yet. */
    void join(RecordingSubscriber subscriber, RoomId... ids) {
        rooms().join(List.of(ids), subscriber, asked::add);
    }

    /** Joins rooms that have no frame numbers yet. */
    RecordingSubscriber joined(RoomId... ids) {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        join(subscriber, ids);
        while (!asked.isEmpty()) {
            rooms().numbersRead(asked.remove(), rooms().position(), Map.of());
        }
        return subscriber;
    }

    void numbersRead(RoomId id, long at, long number) {
        asked.remove(id);
        rooms().numbersRead(id, new Seq(at), Map.of(new CollectionName("tasks"), number));
    }

    /** The rooms whose numbers were requested and not read, oldest first. */
    List<RoomId> requested() {
        return List.copyOf(asked);
    }

    void deliver(Commit... commits) {
        rooms().deliver(List.of(commits));
    }

    @Override
    public void close() {
        container.close();
    }
}
