package dev.lockstep.handler;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;

/** The server's copies of rows that handlers keep. Thread-safe. */
public interface CopiedRows {
    /**
     * Copies the rows of a room, with its first read after the start. Blocks for a bounded time.
     *
     * @throws SyncException as {@code UNAVAILABLE} if the handler fails, and the rows were never copied
     */
    void require(CollectionModel model, RoomId room);

    /**
     * Copies one row again, and returns when that is durable. Blocks for a bounded time.
     *
     * @throws SyncException as {@code UNAVAILABLE} if the handler fails
     */
    void copy(CollectionModel model, RoomId room, EntityId id);
}
