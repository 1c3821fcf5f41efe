/** Rows that are stored differently from what was sent: by columns, triggers, defaults, callbacks. */
@NullMarked
@SyncApplication("odd-stored")
package dev.lockstep.odd.stored;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
