/** An application whose collections are kept by handlers: in a table that the engine does not own, and in memory. */
@NullMarked
@SyncApplication("handled")
package dev.lockstep.system.probe.handled;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
