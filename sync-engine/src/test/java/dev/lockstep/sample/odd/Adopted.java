package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import dev.lockstep.sample.Binder;
import org.jspecify.annotations.Nullable;

/** Invalid: single-tenant, but belongs to a row of a room. */
@SyncCollection("adopted")
public class Adopted extends SyncRow {
    @BelongsTo(value = Binder.class, onDelete = OnDelete.DELETE)
    @Nullable
    String binder;
}
