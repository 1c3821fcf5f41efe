package dev.lockstep.sample;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Collection of a grandchild without a foreign key, and of a tree of replies; outlives its binder; deleted softly. */
@Entity(name = "WorkshopRemark")
@Table(name = "workshop_remarks")
@SyncCollection(value = "remarks", clientIds = true)
public class Remark extends SyncRow {
    @RoomColumn
    @Nullable
    String project;

    @BelongsTo(value = Sheet.class, onDelete = OnDelete.DELETE)
    @Nullable
    String sheet;

    @BelongsTo(value = Remark.class, onDelete = OnDelete.DELETE)
    @Column(name = "reply_to")
    @Nullable
    String replyTo;

    @BelongsTo(Binder.class)
    @Nullable
    String about;
}
