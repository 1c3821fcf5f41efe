package dev.lockstep.wire.cfsync.model;

import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.Sortable;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;
import org.jspecify.annotations.Nullable;

/** Its lists are filtered by one field, and sorted by two. */
@Entity
@SyncCollection("errands")
@Sortable("createdAt")
public class Errand extends SyncRow {
    @Nullable
    String title;

    @Filterable
    @Sortable
    int effort;
}
