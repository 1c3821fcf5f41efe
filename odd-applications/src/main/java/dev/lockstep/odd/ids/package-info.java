/** Rows whose ids the database or the JPA provider makes, relations between them, and a table that others made. */
@NullMarked
@SyncApplication("odd-ids")
package dev.lockstep.odd.ids;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
