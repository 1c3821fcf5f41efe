/** The ids of rows: how the server makes them. */
@NullMarked
package dev.lockstep.collection.identifier;

import org.jspecify.annotations.NullMarked;
