/** Writes rows in an order that the keys of their tables allow, and finds out which write the database refused. */
@NullMarked
package dev.lockstep.collection.write;

import org.jspecify.annotations.NullMarked;
