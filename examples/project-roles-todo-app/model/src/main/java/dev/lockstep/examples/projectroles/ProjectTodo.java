package dev.lockstep.examples.projectroles;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.OwnerColumn;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A todo of a project: each project is a room. */
@Entity
@Table(name = "project_roles_todo_app_todos")
@SyncCollection("todos")
public class ProjectTodo {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @JsonbProperty("project_id")
    @Column(name = "project_id", nullable = false)
    @Nullable
    String project;

    @ScopeColumn
    @NotBlank
    @Nullable
    String scope;

    /** The user that inserted it. */
    @OwnerColumn
    @Column(name = "owner_id", nullable = false)
    @Nullable
    String ownerId;

    @NotBlank
    @Size(max = 500)
    @Nullable
    String title;

    boolean completed;

    @CreatedAt
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;
}
