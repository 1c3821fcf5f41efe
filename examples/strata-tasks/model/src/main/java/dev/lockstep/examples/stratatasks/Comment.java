package dev.lockstep.examples.stratatasks;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A comment on a task. Clients load the comments of a task when they show it. */
@Entity(name = "StrataComment")
@Table(name = "strata_tasks_comments")
@SyncCollection(value = "Comment", clientIds = true)
@Loading(value = Loading.Strategy.PARTIAL, keys = "taskId")
public class Comment {
    @Id
    @Nullable
    String id;

    @Writable(When.ON_INSERT)
    @Column(name = "task_id", nullable = false)
    @Nullable
    String taskId;

    @Size(max = 10_000)
    @Column(nullable = false)
    String body = "";

    @RoomColumn
    @Column(name = "workspace_id", nullable = false)
    @Nullable
    String workspaceId;

    /** The client's timestamp: it may have been offline when it made the comment. */
    @CreatedAt
    @Writable(When.ON_INSERT)
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;
}
