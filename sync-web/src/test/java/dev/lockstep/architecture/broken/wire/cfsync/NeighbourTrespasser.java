package dev.lockstep.architecture.broken.wire.cfsync;

import dev.lockstep.architecture.broken.wire.strata.Frames;

/** A dialect that uses another, which its package may not use either. */
interface NeighbourTrespasser {
    Frames borrowed();
}
