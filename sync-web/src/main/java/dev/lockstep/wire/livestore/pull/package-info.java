/** Answers to pulls of the LiveStore dialect: pages of a store in parts, live chunks, and the step from one to the other. */
@NullMarked
package dev.lockstep.wire.livestore.pull;

import org.jspecify.annotations.NullMarked;
