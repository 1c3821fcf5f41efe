/** Lockstep in the real container: its beans from inside, and the probe application beside the examples. */
@NullMarked
package dev.lockstep.system.inside;

import org.jspecify.annotations.NullMarked;
