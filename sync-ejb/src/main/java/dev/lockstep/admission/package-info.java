/**
 * How much a node holds for its clients at once, over all applications: what they send, and what they have not taken.
 */
@NullMarked
package dev.lockstep.admission;

import org.jspecify.annotations.NullMarked;
