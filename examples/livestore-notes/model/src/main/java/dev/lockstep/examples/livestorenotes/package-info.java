/** The projection of the example {@code livestore-notes}. */
@NullMarked
@SyncApplication("livestore-notes")
package dev.lockstep.examples.livestorenotes;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
