package dev.lockstep.sample.odd;

import dev.lockstep.api.SyncCollection;
import dev.lockstep.api.SyncRow;
import dev.lockstep.api.Writable;
import dev.lockstep.api.Writable.When;
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
