package dev.lockstep.examples.stratatasks;

import dev.lockstep.api.entity.ArchivedAt;
import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A task in a workspace: each workspace is a room. */
@Entity(name = "StrataTask")
@Table(name = "strata_tasks_tasks")
@SyncCollection(value = "Task", clientIds = true)
@Loading(
        value = Loading.Strategy.INSTANT,
        keys = {"id", "workspaceId"})
@JsonbPropertyOrder({
    "id",
    "title",
    "notes",
    "priority",
    "completedAt",
    "dueOn",
    "workspaceId",
    "createdAt",
    "archivedAt"
})
public class Task {
    @Id
    @Nullable
    String id;

    @Size(max = 500)
    @Column(nullable = false)
    String title = "";

    @Size(max = 10_000)
    @Nullable
    String notes;

    int priority;

    @Column(name = "completed_at")
    @Nullable
    Instant completedAt;

    @Column(name = "due_on")
    @Nullable
    LocalDate dueOn;

    @RoomColumn
    @Column(name = "workspace_id", nullable = false)
    @Nullable
    String workspaceId;

    /** The client's timestamp: it may have been offline when it made the task. */
    @CreatedAt
    @Writable(When.ON_INSERT)
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;

    @ArchivedAt
    @Column(name = "archived_at")
    @Nullable
    Instant archivedAt;
}
