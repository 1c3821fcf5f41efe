/** The WAR of the example {@code bulk-todo}. */
@NullMarked
package dev.lockstep.examples.bulktodo.web;

import org.jspecify.annotations.NullMarked;
