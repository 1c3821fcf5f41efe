/**
 * Rooms: the life cycle of what lives as long as somebody follows, and the ring of commits that followers read. No SQL,
 * no JSON.
 */
@NullMarked
package dev.lockstep.room;

import org.jspecify.annotations.NullMarked;
