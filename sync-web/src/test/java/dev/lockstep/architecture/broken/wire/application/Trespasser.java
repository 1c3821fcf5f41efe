package dev.lockstep.architecture.broken.wire.application;

import jakarta.persistence.EntityManager;

/** Uses what its package may not. */
interface Trespasser {
    EntityManager trespassed();
}
