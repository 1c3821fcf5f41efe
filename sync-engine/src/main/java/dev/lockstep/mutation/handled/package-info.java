/** Changes that applications' handlers make, and the copies of their rows. */
@NullMarked
package dev.lockstep.mutation.handled;

import org.jspecify.annotations.NullMarked;
