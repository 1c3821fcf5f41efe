/** One plain collection, written at a steady rate beside all others, which must not slow it. */
@NullMarked
@SyncApplication("odd-heartbeat")
package dev.lockstep.odd.heartbeat;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
