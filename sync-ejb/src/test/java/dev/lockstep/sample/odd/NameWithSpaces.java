package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;

/** A collection that no client could name. */
@Entity
@SyncCollection("things with spaces")
public class NameWithSpaces extends SyncRow {}
