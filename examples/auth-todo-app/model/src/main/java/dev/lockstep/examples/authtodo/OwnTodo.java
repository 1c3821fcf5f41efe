package dev.lockstep.examples.authtodo;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.UpdatedAt;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user's todo: each user has a room, named like the user. */
@Entity
@Table(name = "auth_todo_app_todos")
@SyncCollection("todos")
public class OwnTodo {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @JsonbProperty("owner_id")
    @Column(name = "owner_id", nullable = false)
    @Nullable
    String owner;

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
