/** Entities as developers write them: one small class for each way of mapping, and what clients send and see. */
@NullMarked
package dev.lockstep.sample.shape;

import org.jspecify.annotations.NullMarked;
