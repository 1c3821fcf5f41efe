/** One collection that all dialects serve. Events of the store with a list's name are changes of its todos, and the reverse. */
@NullMarked
@SyncApplication("dialects")
package dev.lockstep.system.probe.dialects;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
