package dev.lockstep.odd.constraints;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Parent of documents, and of a cover document. The server generates its id. */
@Entity(name = "OddFolder")
@Table(name = "odd_folders")
@SyncCollection("folders")
public class Folder {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @NotBlank
    @Size(max = 50)
    @Nullable
    String title;
}
