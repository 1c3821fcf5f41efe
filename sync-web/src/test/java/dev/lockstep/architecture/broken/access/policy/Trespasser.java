package dev.lockstep.architecture.broken.access.policy;

import java.sql.Connection;

/** Uses what its package may not. */
interface Trespasser {
    Connection trespassed();
}
