/** Values of fields as JSON and back. Knows no entities. */
@NullMarked
package dev.lockstep.collection.value;

import org.jspecify.annotations.NullMarked;
