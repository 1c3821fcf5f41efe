package dev.lockstep.snapshot;

import dev.lockstep.api.Seq;

/**
 * Tells one state of a list from another.
 *
 * @param epoch where the log's epoch began: a restored database gives the same frame numbers again
 * @param frameNumber the number of the collection's last frame in its room
 */
public record ListVersion(Seq epoch, long frameNumber) {}
