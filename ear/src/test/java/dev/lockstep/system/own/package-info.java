/** A developer's own application: built outside this repository, and run on a stock WildFly. */
@NullMarked
package dev.lockstep.system.own;

import org.jspecify.annotations.NullMarked;
