package dev.lockstep.architecture.broken.wire;

import dev.lockstep.access.GuardedMutations;

/** Makes a guarded bean by itself; no access chain stands around it. */
class NewTrespasser {
    GuardedMutations unguarded() {
        return new GuardedMutations();
    }
}
