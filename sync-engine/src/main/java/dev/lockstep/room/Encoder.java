package dev.lockstep.room;

import dev.lockstep.log.Commit;

/**
 * Turns a commit into a dialect's frames. One constant object per dialect, or per kind of its frames: it is also the key
 * of the cached result, so that a commit is encoded once for all sessions.
 */
@FunctionalInterface
public interface Encoder<T> {
    /** The frames of a commit for all sessions of the dialect. Called from any thread; must not block. */
    T encode(Commit commit);
}
