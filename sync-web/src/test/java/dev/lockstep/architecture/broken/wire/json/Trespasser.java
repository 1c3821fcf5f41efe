package dev.lockstep.architecture.broken.wire.json;

import jakarta.persistence.EntityManager;

/** Uses what its package may not. */
interface Trespasser {
    EntityManager trespassed();
}
