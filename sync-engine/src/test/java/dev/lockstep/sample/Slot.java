package dev.lockstep.sample;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Collection with positions in an order, and constraints of all kinds that only the table declares; deleted for good.
 */
@Entity(name = "WorkshopSlot")
@Table(name = "workshop_slots")
@SyncCollection(value = "slots", clientIds = true)
public class Slot {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Nullable
    String project;

    int pos;

    @Nullable
    String name;

    @Nullable
    BigDecimal price;

    @Column(name = "after_id")
    @Nullable
    String after;
}
