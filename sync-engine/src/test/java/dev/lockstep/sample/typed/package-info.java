/** An application with an entity for the types of front ends. In no persistence unit. */
@NullMarked
@SyncApplication("typed")
package dev.lockstep.sample.typed;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
