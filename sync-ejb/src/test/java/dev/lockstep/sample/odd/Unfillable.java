package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import jakarta.persistence.Column;
import org.jspecify.annotations.Nullable;

/** A new row needs a state, and nobody may give it one. */
@SyncCollection("things")
public class Unfillable extends SyncRow {
    @Writable(When.ON_UPDATE)
    @Column(nullable = false)
    @Nullable
    String state;
}
