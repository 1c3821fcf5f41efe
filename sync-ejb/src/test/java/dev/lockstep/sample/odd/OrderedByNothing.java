package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;

/** A collection that is ordered by a field it does not have. */
@Entity
@SyncCollection(value = "things", orderBy = "rank")
public class OrderedByNothing extends SyncRow {}
