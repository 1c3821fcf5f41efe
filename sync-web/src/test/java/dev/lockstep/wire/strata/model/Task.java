package dev.lockstep.wire.strata.model;

import dev.lockstep.api.ArchivedAt;
import dev.lockstep.api.CreatedAt;
import dev.lockstep.api.RoomColumn;
import dev.lockstep.api.SyncCollection;
import dev.lockstep.api.Writable;
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
