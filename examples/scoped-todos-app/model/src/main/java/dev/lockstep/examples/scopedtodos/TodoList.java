package dev.lockstep.examples.scopedtodos;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A list of todos. Its id is their scope, and they are deleted with it. */
@Entity(name = "ScopedTodosList")
@Table(name = "scoped_todos_app_lists")
@SyncCollection("lists")
public class TodoList {
    @Id
    @Nullable
    String id;

    @NotBlank
    @Size(max = 200)
    @Nullable
    String name;

    /** A name or a number of CSS; pages must validate it. */
    @NotBlank
    @Size(max = 50)
    @Nullable
    String color;

    @CreatedAt
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;
}
