package dev.lockstep.architecture.broken.log;

import dev.lockstep.architecture.broken.room.Open;

/** The other half of a cycle, and a trespasser with that. */
public interface CycleTrespasser {
    Open used();
}
