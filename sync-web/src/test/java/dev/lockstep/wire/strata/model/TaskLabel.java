package dev.lockstep.wire.strata.model;

import dev.lockstep.api.CompositeKey;
import dev.lockstep.api.RoomColumn;
import dev.lockstep.api.SyncCollection;
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
