package dev.lockstep.architecture.broken.access.routing;

import java.sql.Connection;

/** Uses what its package may not. */
interface Trespasser {
    Connection trespassed();
}
