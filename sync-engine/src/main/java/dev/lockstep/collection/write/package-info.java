/** Writes rows in an order that the keys of their tables allow, and diagnoses writes that the database refused. */
@NullMarked
package dev.lockstep.collection.write;

import org.jspecify.annotations.NullMarked;
