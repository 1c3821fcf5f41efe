/** Rows with database constraints: unique values, checks, references; deferred where the database supports it. */
@NullMarked
@SyncApplication("odd-constraints")
package dev.lockstep.odd.constraints;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
