package dev.lockstep.architecture.broken.typescript;

import java.sql.Connection;

/** Uses what its package may not. */
interface Trespasser {
    Connection trespassed();
}
