package dev.lockstep.architecture.broken.wire;

import dev.lockstep.architecture.broken.mutation.Writer;

/** Uses what its package may not. */
interface Trespasser {
    Writer trespassed();
}
