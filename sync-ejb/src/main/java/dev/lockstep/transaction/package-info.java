/**
 * Applications' own transactions: what they do to collections is logged just before they commit, and told after. Knows
 * nothing of the queue.
 */
@NullMarked
package dev.lockstep.transaction;

import org.jspecify.annotations.NullMarked;
