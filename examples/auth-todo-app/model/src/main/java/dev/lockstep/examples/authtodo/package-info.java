/** The entities of the example {@code auth-todo-app}, its users and its access policy. */
@NullMarked
@SyncApplication(value = "auth-todo-app", clientIds = true)
package dev.lockstep.examples.authtodo;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
