/** The entities of the example {@code bulk-todo}. */
@NullMarked
@SyncApplication("bulk-todo")
package dev.lockstep.examples.bulktodo;

import dev.lockstep.api.SyncApplication;
import org.jspecify.annotations.NullMarked;
