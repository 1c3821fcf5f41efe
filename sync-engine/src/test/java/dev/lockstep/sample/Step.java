package dev.lockstep.sample;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Collection with rooms, clients' ids and a reference to a tool, without timestamps; deleted for good. */
@Entity(name = "WorkshopStep")
@Table(name = "workshop_steps")
@SyncCollection(value = "steps", clientIds = true)
public class Step {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Nullable
    String project;

    @Column(name = "tool_id")
    @Nullable
    String tool;

    @Column(nullable = false)
    @Nullable
    String text;
}
