package dev.lockstep.architecture.broken.wire;

import dev.lockstep.api.Mutations;
import dev.lockstep.snapshot.Snapshots;

/** Writes and reads without asking whether the caller may. */
record UnguardedTrespasser(Mutations mutations, Snapshots reads) {}
