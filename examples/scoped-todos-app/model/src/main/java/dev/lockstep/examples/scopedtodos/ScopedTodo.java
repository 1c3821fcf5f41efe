package dev.lockstep.examples.scopedtodos;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.Sortable;
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

/**
 * A todo on one list: clients read and subscribe to the todos of a list by its id. Other clients filter and sort the todos of
 * all lists.
 */
@Entity
@Table(name = "scoped_todos_app_todos")
@SyncCollection("scopedTodos")
public class ScopedTodo {
    @Id
    @Nullable
    String id;

    @ScopeColumn
    @BelongsTo(value = TodoList.class, onDelete = OnDelete.DELETE)
    @NotBlank
    @Nullable
    String scope;

    @Sortable
    @NotBlank
    @Size(max = 500)
    @Nullable
    String title;

    @Filterable
    boolean completed;

    @Filterable
    @Sortable
    @CreatedAt
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;

    @UpdatedAt
    @Column(name = "updated_at", nullable = false)
    @Nullable
    Instant updatedAt;
}
