package dev.lockstep.architecture.broken.api;

import jakarta.ws.rs.core.Response;

/** Uses what its package may not. */
interface Trespasser {
    Response trespassed();
}
