package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import jakarta.persistence.Column;
import org.jspecify.annotations.Nullable;

/** Invalid: a new row needs a state, and no client may write it. */
@SyncCollection("things")
public class Unfillable extends SyncRow {
    @Writable(When.ON_UPDATE)
    @Column(nullable = false)
    @Nullable
    String state;
}
