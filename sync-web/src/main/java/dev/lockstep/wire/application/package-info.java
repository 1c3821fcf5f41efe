/** The application that a WAR serves, and what it is run for. */
@NullMarked
package dev.lockstep.wire.application;

import org.jspecify.annotations.NullMarked;
