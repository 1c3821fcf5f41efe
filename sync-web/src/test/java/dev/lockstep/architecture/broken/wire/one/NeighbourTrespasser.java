package dev.lockstep.architecture.broken.wire.one;

import dev.lockstep.architecture.broken.wire.two.Frames;

/** A dialect that knows another; with that it is a trespasser, too. */
interface NeighbourTrespasser {
    Frames borrowed();
}
