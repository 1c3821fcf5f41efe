package dev.lockstep.room;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** A message of an application to the subscribers of a room, encoded once for each dialect. Thread-safe. */
public final class RoomMessage {
    private final String json;
    private final ConcurrentMap<Function<String, ?>, Object> encoded = new ConcurrentHashMap<>(2);

    /** @param json one JSON object */
    public RoomMessage(String json) {
        this.json = json;
    }

    /** The message in a dialect's frame. */
    @SuppressWarnings("unchecked") // the key is the encoder of the value
    public <T> T encodedBy(Function<String, T> encoder) {
        return (T) encoded.computeIfAbsent(encoder, key -> key.apply(json));
    }
}
