package dev.lockstep.system.probe.model;

import dev.lockstep.api.room.RoomScoped;
import java.util.UUID;

/** From the first who enters a room to the last who leaves it. */
@RoomScoped
public class Visit {
    private final String id = UUID.randomUUID().toString();

    public String id() {
        return id;
    }
}
