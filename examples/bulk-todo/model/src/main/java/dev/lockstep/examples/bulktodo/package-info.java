/** The entities of the example {@code bulk-todo}. */
@NullMarked
@SyncApplication(value = "bulk-todo", clientIds = true)
package dev.lockstep.examples.bulktodo;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
