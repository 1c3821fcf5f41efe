package dev.lockstep.architecture.broken.wire.socket.writer;

import jakarta.persistence.EntityManager;

/** Uses what its package may not. */
interface Trespasser {
    EntityManager trespassed();
}
