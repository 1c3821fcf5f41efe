package dev.lockstep.api;

import dev.lockstep.api.access.AccessOrder;
import java.util.Set;

/** One request as access control sees it. Every request that passes the access chain is an {@code Access}. */
public interface Access {
    /** The identity behind the request. */
    Caller caller();

    /** The requested room. */
    RoomId room();

    /** All rooms of the request: {@link #room}, and the rooms that a mutation moves rows to. */
    default Set<RoomId> rooms() {
        return Set.of(room());
    }

    /** The kind of request. */
    Operation operation();

    /**
     * The collections of the request. For a request of a whole room: all collections of the application, and after the
     * step {@link AccessOrder#COLLECTIONS} only those that the caller may see.
     */
    Set<CollectionName> collections();

    /** Values that earlier steps of the access chain have stored. */
    AccessContext context();
}
