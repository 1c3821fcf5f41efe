package dev.lockstep.sample;

import dev.lockstep.api.room.RoomScoped;

/** Each room has its own. */
@RoomScoped
public class Doorbell {
    private int rings;

    /** How often it was rung, this time included. */
    public int ring() {
        return ++rings;
    }
}
