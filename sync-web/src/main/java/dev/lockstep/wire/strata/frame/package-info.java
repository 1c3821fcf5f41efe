/** Frames and answers of the Strata dialect, with a fixed order of keys. */
@NullMarked
package dev.lockstep.wire.strata.frame;

import org.jspecify.annotations.NullMarked;
