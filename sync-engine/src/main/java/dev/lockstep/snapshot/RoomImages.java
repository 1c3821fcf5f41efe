package dev.lockstep.snapshot;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.RowImage;
import java.util.Map;

/**
 * Rows of a collection at one instant, whatever room they are in, deleted ones included.
 *
 * @param head the last position of the log at that instant
 * @param last the position of the last change in the room that the log holds; the start if it holds none
 */
public record RoomImages(Seq head, Seq last, Map<EntityId, RowImage> images) {
    public RoomImages {
        images = Map.copyOf(images);
    }
}
