/** The WAR of the example {@code svelte-todos}. */
@NullMarked
package dev.lockstep.examples.sveltetodos.web;

import org.jspecify.annotations.NullMarked;
