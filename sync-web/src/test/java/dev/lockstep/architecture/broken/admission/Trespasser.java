package dev.lockstep.architecture.broken.admission;

import java.sql.Connection;

/** Uses what its package may not. */
interface Trespasser {
    Connection trespassed();
}
