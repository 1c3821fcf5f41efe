/** Rows with every type of value that fields may have, in columns that store them unchanged. */
@NullMarked
@SyncApplication("odd-values")
package dev.lockstep.odd.values;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
