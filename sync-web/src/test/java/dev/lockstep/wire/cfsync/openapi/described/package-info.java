/** An application with classes that have the annotations of entities. No persistence unit has them. */
@NullMarked
@SyncApplication("described")
package dev.lockstep.wire.cfsync.openapi.described;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
