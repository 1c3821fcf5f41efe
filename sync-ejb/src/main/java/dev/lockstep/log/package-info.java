/**
 * The action log: what was committed, in order, over all rooms. Knows nothing of sessions or dialects.
 */
@NullMarked
package dev.lockstep.log;

import org.jspecify.annotations.NullMarked;
