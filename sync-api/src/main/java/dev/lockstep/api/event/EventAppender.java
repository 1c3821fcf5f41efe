package dev.lockstep.api.event;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;

/**
 * Appends events to stores in the application's own JTA transaction: they are appended and delivered if and only if that
 * transaction commits. Each follows the head that the store has when the transaction completes, so an append never
 * conflicts. Access rules do not apply. Injectable; thread-safe.
 *
 * <pre>{@code
 * @Inject
 * EventAppender events;
 *
 * @Transactional
 * void publish(String team, String id) {
 *     events.append(new StoreName(team).room("livestore-notes"), "v1.NotePublished", "{\"id\":\"" + id + "\"}");
 * }
 * }</pre>
 */
public interface EventAppender {
    /** The client of events that the server appends, as clients receive it. */
    String CLIENT = "lockstep";

    /** The session of events that the server appends, as clients receive it. */
    String SESSION = "server";

    /**
     * Appends an event. A store that does not exist is created, without an owner.
     *
     * @param store a {@link dev.lockstep.api.StoreName#room}
     * @param name the event's name
     * @param args its arguments: one JSON value, sent as it is
     * @throws IllegalArgumentException if the room is no store, the arguments are not JSON, or the event is larger than
     *     {@link StoreEvent#JSON_BYTES_MAX}
     * @throws IllegalStateException outside a transaction
     */
    void append(RoomId store, String name, String args);
}
