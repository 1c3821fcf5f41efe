package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;

/** Invalid: the name of another collection of the application. */
@Entity
@SyncCollection("tasks")
public class TaskAgain extends SyncRow {}
