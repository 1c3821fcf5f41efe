package dev.lockstep.wire.strata.model;

import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity
@SyncCollection("TaskLabel")
@CompositeKey({"taskId", "labelId"})
public class TaskLabel {
    @Id
    @Nullable
    String id;

    String taskId = "";
    String labelId = "";

    @RoomColumn
    @Nullable
    String workspaceId;
}
