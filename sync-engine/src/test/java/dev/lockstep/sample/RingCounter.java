package dev.lockstep.sample;

import dev.lockstep.api.room.RoomScoped;

/** Bean of a room, for tests of its life. */
@RoomScoped
public class RingCounter {
    private int rings;

    /** Counts a ring, and returns the number of rings. */
    public int ring() {
        return ++rings;
    }
}
