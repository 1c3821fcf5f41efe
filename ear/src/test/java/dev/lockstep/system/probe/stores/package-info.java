/** An application with event stores only: it has no entity, and all of its classes are in its WAR. */
@NullMarked
@SyncApplication("stores")
package dev.lockstep.system.probe.stores;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
