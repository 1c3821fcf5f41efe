/** The declarations of an entity's annotations: its attributes, their roles and access, and the names of table and columns. */
@NullMarked
package dev.lockstep.collection.mapping;

import org.jspecify.annotations.NullMarked;
