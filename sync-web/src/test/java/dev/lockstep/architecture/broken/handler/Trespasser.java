package dev.lockstep.architecture.broken.handler;

import java.sql.Connection;

/** Uses what its package may not. */
interface Trespasser {
    Connection trespassed();
}
