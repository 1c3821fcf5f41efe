/** The application that a WAR serves, the runtime profile, and periodic tasks. */
@NullMarked
package dev.lockstep.wire.application;

import org.jspecify.annotations.NullMarked;
