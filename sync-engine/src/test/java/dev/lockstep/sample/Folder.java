package dev.lockstep.sample;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Single-tenant collection of a tree with a foreign key, deleted for good. */
@Entity(name = "WorkshopFolder")
@Table(name = "workshop_folders")
@SyncCollection(value = "folders", clientIds = true)
public class Folder {
    @Id
    @Nullable
    String id;

    @BelongsTo(value = Folder.class, onDelete = OnDelete.DELETE)
    @Nullable
    String inside;
}
