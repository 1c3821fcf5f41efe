/** Rooms that have connections: beans that live as long as a room is open, and messages to its connections. */
@NullMarked
package dev.lockstep.api.room;

import org.jspecify.annotations.NullMarked;
