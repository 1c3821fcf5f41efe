package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;

/** Invalid: a collection name that no client can write. */
@Entity
@SyncCollection("things with spaces")
public class NameWithSpaces extends SyncRow {}
