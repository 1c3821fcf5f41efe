/** The entities of the example {@code todo-app}. */
@NullMarked
@SyncApplication("todo-app")
package dev.lockstep.examples.todo;

import dev.lockstep.api.SyncApplication;
import org.jspecify.annotations.NullMarked;
