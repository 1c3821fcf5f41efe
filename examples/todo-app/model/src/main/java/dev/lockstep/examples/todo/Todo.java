package dev.lockstep.examples.todo;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A todo. */
@Entity
@Table(name = "todo_app_todos")
@SyncCollection("todos")
public class Todo extends SyncRow {
    @NotBlank
    @Size(max = 500)
    @Nullable
    String title;

    boolean completed;
}
