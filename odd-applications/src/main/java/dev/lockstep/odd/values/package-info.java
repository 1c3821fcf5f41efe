/** Rows of every type of value that fields may have, in columns that keep them. */
@NullMarked
@SyncApplication("odd-values")
package dev.lockstep.odd.values;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
