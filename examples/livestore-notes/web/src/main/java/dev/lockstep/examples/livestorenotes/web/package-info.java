/** The WAR of the example {@code livestore-notes}. */
@NullMarked
package dev.lockstep.examples.livestorenotes.web;

import org.jspecify.annotations.NullMarked;
