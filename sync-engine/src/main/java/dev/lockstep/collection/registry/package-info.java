/** The registry of a deployment's collections, and the readers of the annotations that declare them. */
@NullMarked
package dev.lockstep.collection.registry;

import org.jspecify.annotations.NullMarked;
