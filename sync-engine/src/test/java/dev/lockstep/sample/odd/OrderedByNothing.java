package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;

/** Invalid: ordered by an unknown field. */
@Entity
@SyncCollection(value = "things", orderBy = "rank")
public class OrderedByNothing extends SyncRow {}
