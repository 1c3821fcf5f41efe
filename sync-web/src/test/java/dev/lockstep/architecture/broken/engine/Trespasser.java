package dev.lockstep.architecture.broken.engine;

import jakarta.persistence.EntityManager;

/** Uses what its package may not. */
interface Trespasser {
    EntityManager trespassed();
}
