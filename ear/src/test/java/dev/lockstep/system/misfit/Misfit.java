package dev.lockstep.system.misfit;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;

/** Invalid entity: a room's name is a text, but its field is a number. */
@Entity
@SyncCollection("misfits")
public class Misfit extends SyncRow {
    @RoomColumn
    int room;
}
