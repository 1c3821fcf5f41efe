/** The WAR of the example {@code project-roles-todo-app}. */
@NullMarked
package dev.lockstep.examples.projectroles.web;

import org.jspecify.annotations.NullMarked;
