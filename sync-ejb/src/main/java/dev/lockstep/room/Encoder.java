package dev.lockstep.room;

import dev.lockstep.log.Commit;

/**
 * Turns a commit into a dialect's frames. One constant object per dialect, or per kind of its frames: it is also the key
 * under which the result is kept, so that a commit is encoded once for all sessions.
 */
@FunctionalInterface
public interface Encoder<T> {
    /** What all sessions of the dialect get of this commit. Called from any thread; must not block. */
    T encode(Commit commit);
}
