/** Strata's dialect of the probe. */
@NullMarked
package dev.lockstep.system.probe.sync;

import org.jspecify.annotations.NullMarked;
