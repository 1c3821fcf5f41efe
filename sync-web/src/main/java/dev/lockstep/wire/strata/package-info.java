/**
 * The Strata dialect: bootstrap, batch, deltas, mutate and socket. Its frames and its endpoints, nothing else; what it
 * asks for goes through the guarded beans of {@code dev.lockstep.access}.
 */
@NullMarked
package dev.lockstep.wire.strata;

import org.jspecify.annotations.NullMarked;
