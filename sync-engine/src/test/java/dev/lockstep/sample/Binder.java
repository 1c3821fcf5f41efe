package dev.lockstep.sample;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Collection of parents with a room, deleted for good. */
@Entity(name = "WorkshopBinder")
@Table(name = "workshop_binders")
@SyncCollection(value = "binders", clientIds = true, orderBy = "title")
public class Binder {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Nullable
    String project;

    @Nullable
    String title;
}
