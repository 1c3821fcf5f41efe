/** The entities of the example {@code project-roles-todo-app}, its users, their roles and its access policy. */
@NullMarked
@SyncApplication(value = "project-roles-todo-app", clientIds = true)
package dev.lockstep.examples.projectroles;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
