/** The WAR of the example {@code todo-app}. */
@NullMarked
package dev.lockstep.examples.todo.web;

import org.jspecify.annotations.NullMarked;
