package dev.lockstep.api.handler;

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
 * @param subject the user's id; empty if anonymous
 * @param isRetry whether the handler may have been called for this change before
 */
public record HandledChange(String mutationId, RoomId room, EntityId id, Optional<String> subject, boolean isRetry) {}
