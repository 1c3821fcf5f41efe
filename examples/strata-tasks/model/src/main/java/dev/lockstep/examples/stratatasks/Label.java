package dev.lockstep.examples.stratatasks;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A label for tasks of a workspace. */
@Entity(name = "StrataLabel")
@Table(name = "strata_tasks_labels")
@SyncCollection(value = "Label", clientIds = true)
public class Label {
    @Id
    @Nullable
    String id;

    @Size(max = 100)
    @Column(nullable = false)
    String name = "";

    @RoomColumn
    @Column(name = "workspace_id", nullable = false)
    @Nullable
    String workspaceId;
}
