/** The fixed table of shapes: one row for each supported form of a field. */
@NullMarked
package dev.lockstep.odd.table;

import org.jspecify.annotations.NullMarked;
