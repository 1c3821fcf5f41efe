package dev.lockstep.architecture.broken.metrics;

import java.sql.Connection;

/** Uses what its package may not. */
interface Trespasser {
    Connection trespassed();
}
