package dev.lockstep.sample;

import dev.lockstep.api.entity.ArchivedAt;
import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.api.entity.OwnerColumn;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.UpdatedAt;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Collection with archiving, moves to other rooms, creation times of clients, and a reference to its own kind; deleted
 * for good.
 */
@Entity(name = "WorkshopErrand")
@Table(name = "workshop_errands")
@SyncCollection(value = "errands", clientIds = true)
@Loading(value = Loading.Strategy.PARTIAL, keys = "project")
public class Errand {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Writable(When.ALWAYS)
    @Column(nullable = false)
    @Nullable
    String project;

    @OwnerColumn
    @Column(name = "owner_id")
    @Nullable
    String ownerId;

    @BelongsTo(value = Errand.class, onDelete = OnDelete.DELETE)
    @Column(name = "part_of")
    @Nullable
    String partOf;

    @Nullable
    String title;

    @CreatedAt
    @Writable(When.ON_INSERT)
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;

    @UpdatedAt
    @Column(name = "updated_at", nullable = false)
    @Nullable
    Instant updatedAt;

    @ArchivedAt
    @Column(name = "archived_at")
    @Nullable
    Instant archivedAt;
}
