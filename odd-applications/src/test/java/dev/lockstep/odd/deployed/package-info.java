/** A server with the odd applications, and what tests ask of it past Lockstep. */
@NullMarked
package dev.lockstep.odd.deployed;

import org.jspecify.annotations.NullMarked;
