package dev.lockstep.sample;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Collection of a child with a foreign key, and of a parent; deleted for good. */
@Entity(name = "WorkshopSheet")
@Table(name = "workshop_sheets")
@SyncCollection(value = "sheets", clientIds = true)
public class Sheet {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Nullable
    String project;

    @BelongsTo(value = Binder.class, onDelete = OnDelete.DELETE)
    @Column(name = "binder_id")
    @Nullable
    String binder;
}
