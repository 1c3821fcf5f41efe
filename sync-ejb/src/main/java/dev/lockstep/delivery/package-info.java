/**
 * From a commit to the rooms: one thread a node completes the answers of a group, then hands its commits over, in
 * order of Seq.
 */
@NullMarked
package dev.lockstep.delivery;

import org.jspecify.annotations.NullMarked;
