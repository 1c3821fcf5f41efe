package dev.lockstep.sample;

import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Collection with a composite key. */
@Entity(name = "WorkshopTaskLabel")
@Table(name = "workshop_tasklabel")
@SyncCollection("TaskLabel")
@CompositeKey({"taskId", "labelId"})
public class TaskLabel {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Nullable
    String project;

    @Column(name = "task_id", nullable = false)
    @Nullable
    String taskId;

    @Column(name = "label_id", nullable = false)
    @Nullable
    String labelId;

    @Nullable
    String colour;
}
