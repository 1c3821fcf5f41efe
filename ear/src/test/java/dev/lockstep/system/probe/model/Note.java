package dev.lockstep.system.probe.model;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncCollection.Direction;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

/** A note on a board; each room is a board. todo-app has a collection of the same name. */
@Entity(name = "ProbeNote")
@Table(name = "probe_notes")
@SyncCollection(value = "notes", clientIds = true, orderBy = "place", direction = Direction.ASCENDING)
public class Note extends SyncRow {
    @RoomColumn
    @Column(name = "board", nullable = false)
    @Nullable
    String board;

    @NotBlank
    @Nullable
    String title;

    int place;

    /** A note without a board. */
    public static Note titled(String title) {
        Note note = new Note();
        note.title = title;
        return note;
    }

    public @Nullable String title() {
        return title;
    }

    public void retitle(String next) {
        title = next;
    }

    public void moveTo(String other) {
        board = other;
    }
}
