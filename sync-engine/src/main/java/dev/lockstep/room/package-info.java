/**
 * Rooms: their life cycle, their subscribers, and the ring of commits that subscribers read. No SQL, no JSON.
 */
@NullMarked
package dev.lockstep.room;

import org.jspecify.annotations.NullMarked;
