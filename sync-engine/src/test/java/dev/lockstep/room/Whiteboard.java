package dev.lockstep.room;

import dev.lockstep.api.room.RoomScoped;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;

/** A bean of application code that lives as long as a room. */
@RoomScoped
public class Whiteboard {
    /** The texts of destroyed beans. */
    static final List<String> WIPED = new ArrayList<>();

    private final StringBuilder text = new StringBuilder();

    /** Appends a text. */
    public void write(String more) {
        text.append(more);
    }

    /** The whole text. */
    public String text() {
        return text.toString();
    }

    @PreDestroy
    void wipe() {
        WIPED.add(text.toString());
    }
}
