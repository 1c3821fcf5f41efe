package dev.lockstep.odd.constraints;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncCollection.Direction;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Has a position that is unique in its room, checked at once, and not below -999. */
@Entity(name = "OddSlot")
@Table(name = "odd_slots")
@SyncCollection(value = "slots", clientIds = true, orderBy = "position", direction = Direction.ASCENDING)
public class Slot {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Column(name = "pos", nullable = false)
    int position;

    @Size(max = 20)
    @Column(nullable = false)
    String name = "";
}
