package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Is a room itself, in which its cabins are. */
@Entity(name = "OddShip")
@Table(name = "odd_ships")
@SyncCollection(value = "ships", clientIds = true)
public class Ship {
    @Id
    @RoomColumn
    @Nullable
    String id;

    @Size(max = 30)
    @Nullable
    String title;
}
