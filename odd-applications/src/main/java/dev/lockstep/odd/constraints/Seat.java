package dev.lockstep.odd.constraints;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Has a unique position and belongs to a slot; PostgreSQL checks both when its transaction commits. */
@Entity(name = "OddSeat")
@Table(name = "odd_seats")
@SyncCollection(value = "seats", clientIds = true)
public class Seat {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Column(name = "pos", nullable = false)
    int position;

    @Column(name = "slot_id")
    @Nullable
    String slotId;
}
