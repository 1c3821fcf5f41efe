/** An application's additions to Strata's dialect: documents on the socket, and hooks around each change. */
@NullMarked
@SyncApplication("probe")
package dev.lockstep.system.probe.hooks;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
