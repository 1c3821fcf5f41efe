package dev.lockstep.event;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.StoreEvent;
import java.util.Optional;

/**
 * A store at one instant.
 *
 * @param backendId its id as clients know it
 * @param incarnation the key of its events
 * @param head the number of its last event; 0 if it has none
 * @param events how many events it has
 * @param characters the size of its events as JSON
 * @param owner the user who created it; empty if anonymous
 * @param createdAtMicros in microseconds since 1970
 * @param appendedAtMicros when the last event was appended, in microseconds since 1970; 0 if there is none
 */
public record StoreState(
        RoomId room,
        String backendId,
        String incarnation,
        long head,
        long events,
        long characters,
        Optional<String> owner,
        long createdAtMicros,
        long appendedAtMicros) {
    /** The state after an append. */
    StoreState appended(long last, long count, long size, long stampMicros) {
        return new StoreState(
                room,
                backendId,
                incarnation,
                last,
                events + count,
                characters + size,
                owner,
                createdAtMicros,
                stampMicros);
    }

    /** The state that a refusal tells its client: the head, as the row's id, and the backend id. */
    Row current() {
        return new Row(
                StoreEvent.COLLECTION,
                new EntityId(Long.toString(head)),
                "{\"head\":" + head + ",\"backendId\":\"" + backendId + "\"}");
    }
}
