package dev.lockstep.architecture.broken.boot;

import jakarta.persistence.EntityManager;

/** Uses what its package may not. */
interface Trespasser {
    EntityManager trespassed();
}
