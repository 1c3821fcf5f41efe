package dev.lockstep.architecture.broken.transaction;

import jakarta.websocket.Session;

/** Uses what its package may not. */
interface Trespasser {
    Session trespassed();
}
