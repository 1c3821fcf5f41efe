/** Application code that runs before and after changes, pushes and pulls, and with sockets. */
@NullMarked
package dev.lockstep.api.hook;

import org.jspecify.annotations.NullMarked;
