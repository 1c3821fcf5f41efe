/** Rows with rarer forms: nested parts, sets, items with parts, older classes of times, several tables, a natural id. */
@NullMarked
@SyncApplication("odd-forms")
package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
