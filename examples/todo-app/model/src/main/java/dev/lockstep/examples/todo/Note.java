package dev.lockstep.examples.todo;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A note with a title and a text. */
@Entity
@Table(name = "todo_app_notes")
@SyncCollection("notes")
public class Note extends SyncRow {
    @NotBlank
    @Size(max = 200)
    @Nullable
    String title;

    @Size(max = 10_000)
    @Nullable
    String content;
}
