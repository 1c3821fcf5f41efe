/** An application that cannot work. */
@NullMarked
@SyncApplication("misfit")
package dev.lockstep.system.misfit;

import dev.lockstep.api.SyncApplication;
import org.jspecify.annotations.NullMarked;
