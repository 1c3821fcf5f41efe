package dev.lockstep.architecture.broken.room;

import jakarta.json.JsonObject;

/** Uses what its package may not. */
interface Trespasser {
    JsonObject trespassed();
}
