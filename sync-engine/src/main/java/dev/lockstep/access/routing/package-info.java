/** Mutations of dialects that name rows and no rooms: each is submitted in the room of its row. */
@NullMarked
package dev.lockstep.access.routing;

import org.jspecify.annotations.NullMarked;
