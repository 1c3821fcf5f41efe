/** An application whose name cannot be a path. */
@NullMarked
@SyncApplication("LOUD")
package dev.lockstep.collection.wrong.capitals;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
