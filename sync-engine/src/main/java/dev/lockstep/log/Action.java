package dev.lockstep.log;

import dev.lockstep.api.Seq;

/**
 * One committed change.
 *
 * @param seq its position in the log
 * @param number the number of its live frame: per room and collection, from 1, without gaps; 0 if it has no frame. Actions
 *     of one commit that share collection, kind and scope share a frame
 */
public record Action(Seq seq, long number, LogEntry entry) {}
