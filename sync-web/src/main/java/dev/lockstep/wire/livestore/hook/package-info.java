/** Store hooks of the LiveStore dialect: the calls of the application's hooks, and the headers that they receive. */
@NullMarked
package dev.lockstep.wire.livestore.hook;

import org.jspecify.annotations.NullMarked;
