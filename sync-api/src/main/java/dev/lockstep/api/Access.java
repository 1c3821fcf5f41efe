package dev.lockstep.api;

import dev.lockstep.api.access.AccessOrder;
import java.util.Set;

/** What somebody asks for, as far as access is concerned. Every request that passes the access chain is one. */
public interface Access {
    /** Who asks. */
    Caller caller();

    /** The room that is asked for. */
    RoomId room();

    /** All rooms that it reaches into: beside {@link #room}, those that a mutation moves rows to. */
    default Set<RoomId> rooms() {
        return Set.of(room());
    }

    /** The kind of thing that is asked for. */
    Operation operation();

    /**
     * The collections it touches. Where somebody wants to see a whole room: all that the application has, and after the
     * step {@link AccessOrder#COLLECTIONS} those of them that the caller may see.
     */
    Set<CollectionName> collections();

    /** What steps of the access chain have found out already. */
    AccessContext context();
}
