/** Queries over the rows of collections, and the order and positions of lists. Runs in the caller's transaction. */
@NullMarked
package dev.lockstep.collection.row;

import org.jspecify.annotations.NullMarked;
