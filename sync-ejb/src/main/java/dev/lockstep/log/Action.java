package dev.lockstep.log;

import dev.lockstep.api.Seq;

/**
 * One committed change.
 *
 * @param seq its place in the log
 * @param number the number of the live frame it travels in: per room and collection, from 1, without gaps; 0 for what travels in none. Actions of
 *     one commit that share collection, kind and scope share a frame
 */
public record Action(Seq seq, long number, LogEntry entry) {}
