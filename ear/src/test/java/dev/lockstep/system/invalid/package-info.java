/** An invalid application. */
@NullMarked
@SyncApplication("invalid")
package dev.lockstep.system.invalid;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
