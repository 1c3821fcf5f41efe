/** Classes with the annotations of entities, for a description alone. No persistence unit has them. */
@NullMarked
@SyncApplication("described")
package dev.lockstep.system.types.described;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
