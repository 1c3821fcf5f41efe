/** One plain collection, written at a steady pace beside everything else: nothing of the others may slow it. */
@NullMarked
@SyncApplication("odd-heartbeat")
package dev.lockstep.odd.heartbeat;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
