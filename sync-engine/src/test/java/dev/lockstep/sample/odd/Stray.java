package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import org.jspecify.annotations.Nullable;

/** Invalid: belongs to a row of another application. */
@SyncCollection("strays")
public class Stray extends SyncRow {
    @BelongsTo(dev.lockstep.office.Task.class)
    @Nullable
    String task;
}
