package dev.lockstep.wire.strata.model;

import dev.lockstep.api.entity.Loading;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity
@SyncCollection(value = "Comment", clientIds = true)
@Loading(value = Loading.Strategy.PARTIAL, keys = "taskId")
public class Comment {
    @Id
    @Nullable
    String id;

    String taskId = "";
    String body = "";

    @RoomColumn
    @Nullable
    String workspaceId;
}
