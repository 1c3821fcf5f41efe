/** Lockstep in the real container: its beans from within, and a probe application beside the examples. */
@NullMarked
package dev.lockstep.system.inside;

import org.jspecify.annotations.NullMarked;
