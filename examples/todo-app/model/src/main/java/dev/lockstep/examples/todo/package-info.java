/** The entities of the example {@code todo-app}. */
@NullMarked
@SyncApplication(value = "todo-app", clientIds = true)
package dev.lockstep.examples.todo;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
