package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;

/** Takes a name that the application has given away. */
@Entity
@SyncCollection("tasks")
public class TaskAgain extends SyncRow {}
