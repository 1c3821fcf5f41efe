/** Rows of members' rooms: owners, a read filter, scopes, moves, archive, composite keys, rooms of one row. */
@NullMarked
@SyncApplication("odd-rooms")
package dev.lockstep.odd.rooms;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
