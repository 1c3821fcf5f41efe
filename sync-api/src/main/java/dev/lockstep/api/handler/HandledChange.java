package dev.lockstep.api.handler;

import dev.lockstep.api.Caller;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import java.util.Optional;

/**
 * One change that a {@link CollectionHandler} makes.
 *
 * @param mutationId identifies the change: the same in every call for it, after a failure and after a crash. At most 64
 *     characters of ASCII
 * @param room the room of the row
 * @param id the row; of a new row, the client's id or one that the server has made
 * @param caller the user, with the claims of the request that made this call, those of a {@code RequestClaims} bean included.
 *     When the server repeats a change by itself, after a failure or a crash, there are no claims: only the subject is stored
 * @param isRetry whether the handler may have been called for this change before
 */
public record HandledChange(String mutationId, RoomId room, EntityId id, Caller caller, boolean isRetry) {
    /** The user's id; empty if anonymous. */
    public Optional<String> subject() {
        return caller.subject();
    }
}
