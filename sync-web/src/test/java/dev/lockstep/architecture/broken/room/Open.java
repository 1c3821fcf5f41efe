package dev.lockstep.architecture.broken.room;

import dev.lockstep.architecture.broken.log.CycleTrespasser;

/** Half of a cycle: a class that a room may use. */
public interface Open {
    CycleTrespasser used();
}
