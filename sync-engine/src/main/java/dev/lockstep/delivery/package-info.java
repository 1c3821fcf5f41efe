/**
 * Delivery of commits to the rooms: one thread per node completes the answers of a batch, then delivers its commits, in
 * order of Seq.
 */
@NullMarked
package dev.lockstep.delivery;

import org.jspecify.annotations.NullMarked;
