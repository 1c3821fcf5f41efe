package dev.lockstep.room;

import dev.lockstep.api.room.RoomScoped;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;

/** A bean of application code that lives as long as a room. */
@RoomScoped
public class Whiteboard {
    /** What was written on whiteboards that are gone. */
    static final List<String> WIPED = new ArrayList<>();

    private final StringBuilder text = new StringBuilder();

    /** Writes something. */
    public void write(String more) {
        text.append(more);
    }

    /** Everything that was written. */
    public String text() {
        return text.toString();
    }

    @PreDestroy
    void wipe() {
        WIPED.add(text.toString());
    }
}
