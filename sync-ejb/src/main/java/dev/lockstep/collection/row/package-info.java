/** Queries over the rows of collections, and the orders and positions of lists. Within the transaction of the caller. */
@NullMarked
package dev.lockstep.collection.row;

import org.jspecify.annotations.NullMarked;
