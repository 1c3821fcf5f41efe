package dev.lockstep.architecture.broken.wire.cfsync;

import dev.lockstep.architecture.broken.wire.strata.Frames;

/** A dialect that knows another; with that it is a trespasser, too. */
interface NeighbourTrespasser {
    Frames borrowed();
}
