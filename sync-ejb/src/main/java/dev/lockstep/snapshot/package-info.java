/**
 * What collections hold at one instant, with the position in the log that goes with it. Read at the database's speed and
 * set aside, so that no reader of it keeps the database waiting.
 */
@NullMarked
package dev.lockstep.snapshot;

import org.jspecify.annotations.NullMarked;
