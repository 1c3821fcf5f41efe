/** Rows that the database binds: unique values, checks, references; deferred where the database can. */
@NullMarked
@SyncApplication("odd-constraints")
package dev.lockstep.odd.constraints;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
