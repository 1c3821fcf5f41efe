package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import java.util.Set;

/**
 * A request for access to a room, whatever its rows.
 *
 * @param operation {@link Operation#SUBSCRIBE} to subscribe to it, {@link Operation#READ} to read it once
 * @param collections the requested collections; those that the caller may not see are left out of the answer
 */
public record RoomAccessRequest(
        Caller caller, RoomId room, Operation operation, Set<CollectionName> collections, AccessContext context)
        implements Access {
    /** @throws IllegalArgumentException if the operation writes */
    public RoomAccessRequest {
        collections = Set.copyOf(collections);
        if (operation != Operation.READ && operation != Operation.SUBSCRIBE) {
            throw new IllegalArgumentException("a room is read or subscribed to, operation was " + operation);
        }
    }

    /** A request to subscribe, with an empty context. */
    public static RoomAccessRequest toSubscribe(Caller caller, RoomId room, Set<CollectionName> collections) {
        return new RoomAccessRequest(caller, room, Operation.SUBSCRIBE, collections, new AccessContext());
    }

    /** A request as {@link #toSubscribe}, made before the socket is open: see {@link PreliminaryCheck}. */
    public static RoomAccessRequest beforeSubscribing(Caller caller, RoomId room, Set<CollectionName> collections) {
        RoomAccessRequest request = toSubscribe(caller, room, collections);
        request.context().put(PreliminaryCheck.class, new PreliminaryCheck());
        return request;
    }

    /** A copy for fewer collections. */
    public RoomAccessRequest withCollections(Set<CollectionName> fewer) {
        return new RoomAccessRequest(caller, room, operation, fewer, context);
    }
}
