package dev.lockstep.access.routing;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import java.util.Optional;

/** A change of one row whose request does not name the row's room. */
public interface RowMutation {
    /** A row of a collection, in any room. */
    record RowKey(CollectionModel model, EntityId id) {}

    RowKey row();

    /** Whether it inserts its row: then there is no room to look up. */
    boolean isInsert();

    /**
     * The mutation for the room of its row; empty if it is not to be submitted. The mutation decides its own room: a caller
     * without access to the located room submits it elsewhere, so that a repeat still receives its stored result. Called
     * again after each repeated lookup.
     *
     * @param located the room where the row is, or will be after earlier mutations of the request; empty if there is no row
     */
    Optional<Mutation> in(Optional<RoomId> located);

    /** Whether its caller may write to the room where a repeated lookup has found the row. Otherwise its result stands. */
    boolean mayWriteIn(RoomId located);
}
