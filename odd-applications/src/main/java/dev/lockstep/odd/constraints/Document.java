package dev.lockstep.odd.constraints;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Requires a folder and is deleted with it; the folder's cover document cannot be deleted before the folder. */
@Entity(name = "OddDocument")
@Table(name = "odd_documents")
@SyncCollection("documents")
public class Document {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @BelongsTo(value = Folder.class, onDelete = OnDelete.DELETE)
    @Column(name = "folder_id", nullable = false)
    @Nullable
    String folderId;

    @BelongsTo(Folder.class)
    @Column(name = "cover_id")
    @Nullable
    String coverId;

    @Size(max = 50)
    @Nullable
    String title;
}
