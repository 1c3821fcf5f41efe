package dev.lockstep.architecture.broken.wire;

import dev.lockstep.api.Mutations;
import dev.lockstep.collection.CollectionReads;

/** Writes and reads without asking whether the caller may. */
record UnguardedTrespasser(Mutations mutations, CollectionReads reads) {}
