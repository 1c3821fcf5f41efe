package dev.lockstep.delivery;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.room.RoomConnections;
import dev.lockstep.room.RoomMessage;
import dev.lockstep.trace.RecurringFault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends messages to the connections of this node, through the publisher thread. Thread-safe. */
@ApplicationScoped
class LocalRoomConnections implements RoomConnections {
    /** Most messages that wait for the publisher thread. One more is dropped. */
    static final int PENDING_MAX = 1_000;

    private static final Logger LOG = System.getLogger(LocalRoomConnections.class.getName());

    private final AtomicInteger pending = new AtomicInteger();
    private final RecurringFault dropped = new RecurringFault(
            LOG, Level.WARNING, "Messages of the application to rooms are dropped: too many are waiting");

    @Inject
    private PublisherThread publisher;

    @Override
    public void send(RoomId room, String json) {
        requireObject(json);
        if (pending.incrementAndGet() > PENDING_MAX) {
            pending.decrementAndGet();
            dropped.failed(new RejectedExecutionException(PENDING_MAX + " messages wait; send fewer"));
        } else {
            publisher.send(room, new RoomMessage(json), pending::decrementAndGet);
        }
    }

    private static void requireObject(String json) {
        if (json.length() > MESSAGE_CHARACTERS_MAX) {
            throw new IllegalArgumentException("A message to a room is at most " + MESSAGE_CHARACTERS_MAX
                    + " characters long, this one has " + json.length());
        }
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            reader.readObject();
        } catch (JsonException e) {
            throw new IllegalArgumentException("A message to a room must be one JSON object", e);
        }
    }
}
