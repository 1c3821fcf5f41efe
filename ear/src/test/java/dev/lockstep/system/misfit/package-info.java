/** An invalid application. */
@NullMarked
@SyncApplication("misfit")
package dev.lockstep.system.misfit;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
