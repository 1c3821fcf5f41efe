/** The WAR of the example {@code auth-todo-app}. */
@NullMarked
package dev.lockstep.examples.authtodo.web;

import org.jspecify.annotations.NullMarked;
