package dev.lockstep.architecture.broken.wire;

import dev.lockstep.api.Mutations;
import dev.lockstep.snapshot.Snapshots;

/** Writes and reads without an access check. */
record UnguardedTrespasser(Mutations mutations, Snapshots reads) {}
