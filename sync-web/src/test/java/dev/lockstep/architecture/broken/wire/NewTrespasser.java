package dev.lockstep.architecture.broken.wire;

import dev.lockstep.access.GuardedMutations;

/** Constructs a guarded bean itself, outside the access chain. */
class NewTrespasser {
    GuardedMutations unguarded() {
        return new GuardedMutations();
    }
}
