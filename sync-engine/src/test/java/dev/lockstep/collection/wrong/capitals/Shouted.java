package dev.lockstep.collection.wrong.capitals;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;

/** A collection of an application whose name cannot be a path. */
@Entity
@SyncCollection("shouted")
public class Shouted extends SyncRow {}
