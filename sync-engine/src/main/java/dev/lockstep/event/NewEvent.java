package dev.lockstep.event;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;

/**
 * An event without a number, to be appended after the head of its store. The other components are those of
 * {@link StoreEvent}.
 */
public record NewEvent(RoomId store, String name, String args, String client, String session) {
    /** The event at a place of its store. */
    public StoreEvent at(long number, long parent) {
        return new StoreEvent(number, parent, name, args, client, session);
    }
}
