/** The entities of the example {@code project-roles-todo-app}, its users, their roles, and who may do what. */
@NullMarked
@SyncApplication("project-roles-todo-app")
package dev.lockstep.examples.projectroles;

import dev.lockstep.api.SyncApplication;
import org.jspecify.annotations.NullMarked;
