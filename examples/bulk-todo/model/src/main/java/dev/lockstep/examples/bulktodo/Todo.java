package dev.lockstep.examples.bulktodo;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.UpdatedAt;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A todo. A plain entity: no superclass, and no soft deletes. */
@Entity(name = "BulkTodo")
@Table(name = "bulk_todo_todos")
@SyncCollection("todos")
public class Todo {
    @Id
    @Nullable
    String id;

    @NotBlank
    @Size(max = 500)
    @Nullable
    String title;

    boolean completed;

    @CreatedAt
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;

    @UpdatedAt
    @Column(name = "updated_at", nullable = false)
    @Nullable
    Instant updatedAt;
}
