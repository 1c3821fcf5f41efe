package dev.lockstep.architecture.broken.delivery;

import dev.lockstep.architecture.broken.mutation.Writer;

/** Uses what its package may not. */
interface Trespasser {
    Writer trespassed();
}
