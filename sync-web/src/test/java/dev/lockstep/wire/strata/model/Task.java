package dev.lockstep.wire.strata.model;

import dev.lockstep.api.entity.ArchivedAt;
import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

@Entity
@SyncCollection(value = "Task", clientIds = true)
public class Task {
    @Id
    @Nullable
    String id;

    String title = "";

    @Nullable
    String notes;

    int priority;

    @Nullable
    Instant completedAt;

    @Nullable
    LocalDate dueOn;

    @RoomColumn
    @Nullable
    String workspaceId;

    @CreatedAt
    @Writable(Writable.When.ON_INSERT)
    @Nullable
    Instant createdAt;

    @ArchivedAt
    @Nullable
    Instant archivedAt;
}
