package dev.lockstep.architecture.broken.wire.endpoint;

import jakarta.persistence.EntityManager;

/** Uses what its package may not. */
interface Trespasser {
    EntityManager trespassed();
}
