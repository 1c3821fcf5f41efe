package dev.lockstep.sample;

import dev.lockstep.api.entity.OwnerColumn;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

/** Collection with rooms and owners, deleted for good, with clients' ids. */
@Entity(name = "WorkshopParcel")
@Table(name = "workshop_parcels")
@SyncCollection(value = "parcels", clientIds = true)
public class Parcel {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Nullable
    String project;

    @OwnerColumn
    @NotBlank
    @Column(name = "owner_id", nullable = false)
    @Nullable
    String ownerId;

    @Nullable
    String content;
}
