package dev.lockstep.sample;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Collection with rooms, soft deletes and clients' ids. */
@Entity(name = "WorkshopTask")
@Table(name = "workshop_tasks")
@SyncCollection(value = "tasks", clientIds = true)
public class Task extends SyncRow {
    /** The priority of a task. */
    public enum Priority {
        LOW,
        HIGH
    }

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String project;

    @NotBlank
    @Size(max = 200)
    @Nullable
    String title;

    @Max(100)
    int effort = 3;

    @Enumerated(EnumType.STRING)
    @Nullable
    Priority priority;

    @JsonbProperty("dueAt")
    @Nullable
    Instant due;

    @JsonbTransient
    @Nullable
    String secret;
}
