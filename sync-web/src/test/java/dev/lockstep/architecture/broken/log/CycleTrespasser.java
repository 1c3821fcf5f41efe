package dev.lockstep.architecture.broken.log;

import dev.lockstep.architecture.broken.room.Open;

/** The other half of a cycle, which its package may not use either. */
public interface CycleTrespasser {
    Open used();
}
