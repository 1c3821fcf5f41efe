/**
 * Applications' own transactions: their changes of collections are logged just before the commit, and delivered after it.
 * Does not depend on the queue.
 */
@NullMarked
package dev.lockstep.transaction;

import org.jspecify.annotations.NullMarked;
