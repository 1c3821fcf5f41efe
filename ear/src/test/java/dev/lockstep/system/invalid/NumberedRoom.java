package dev.lockstep.system.invalid;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;

/** Invalid entity: a room's name is a text, but its field is a number. */
@Entity
@SyncCollection("numbered-rooms")
public class NumberedRoom extends SyncRow {
    @RoomColumn
    int room;
}
