package dev.lockstep.architecture.broken.identity;

import java.nio.file.Path;

/** Uses what its package may not. */
interface Trespasser {
    Path trespassed();
}
