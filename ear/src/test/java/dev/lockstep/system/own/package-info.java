/** An application of one's own: built outside this repository, and run on a WildFly as it comes. */
@NullMarked
package dev.lockstep.system.own;

import org.jspecify.annotations.NullMarked;
