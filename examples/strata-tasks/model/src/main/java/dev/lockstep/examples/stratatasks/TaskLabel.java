package dev.lockstep.examples.stratatasks;

import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** The assignment of a label to a task. */
@Entity(name = "StrataTaskLabel")
@Table(name = "strata_tasks_task_labels")
@SyncCollection("TaskLabel")
@CompositeKey({"taskId", "labelId"})
public class TaskLabel {
    @Id
    @Nullable
    String id;

    @Column(name = "task_id", nullable = false)
    @Nullable
    String taskId;

    @Column(name = "label_id", nullable = false)
    @Nullable
    String labelId;

    @RoomColumn
    @Column(name = "workspace_id", nullable = false)
    @Nullable
    String workspaceId;
}
