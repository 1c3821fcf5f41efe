package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A note of one user: the channel {@code notes:} and the user's id. The room is named like the user. */
@Entity
@Table(name = "svelte_todos_notes")
@SyncCollection("notes")
public class PrivateNote extends SyncRow {
    @RoomColumn
    @Column(name = "user_id", nullable = false)
    @Nullable
    String userId;

    @NotBlank
    @Size(max = 2000)
    @Nullable
    String text;
}
