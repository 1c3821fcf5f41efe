package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import java.util.Set;

/**
 * Somebody wants to see a room, whatever is in it.
 *
 * @param operation {@link Operation#SUBSCRIBE} to follow it, {@link Operation#READ} to read it once
 * @param collections what is to be seen; what may not be, is left out
 */
public record RoomAccessRequest(
        Caller caller, RoomId room, Operation operation, Set<CollectionName> collections, AccessContext context)
        implements Access {
    /** @throws IllegalArgumentException if the operation changes something */
    public RoomAccessRequest {
        collections = Set.copyOf(collections);
        if (operation != Operation.READ && operation != Operation.SUBSCRIBE) {
            throw new IllegalArgumentException("a room is read or followed, not " + operation);
        }
    }

    /** Somebody who follows a room, of whom nothing is known yet. */
    public static RoomAccessRequest toSubscribe(Caller caller, RoomId room, Set<CollectionName> collections) {
        return new RoomAccessRequest(caller, room, Operation.SUBSCRIBE, collections, new AccessContext());
    }

    /** The same as {@link #toSubscribe}, asked before the socket is open: see {@link PreliminaryCheck}. */
    public static RoomAccessRequest beforeSubscribing(Caller caller, RoomId room, Set<CollectionName> collections) {
        RoomAccessRequest request = toSubscribe(caller, room, collections);
        request.context().put(PreliminaryCheck.class, new PreliminaryCheck());
        return request;
    }

    /** The same of fewer collections. */
    public RoomAccessRequest of(Set<CollectionName> fewer) {
        return new RoomAccessRequest(caller, room, operation, fewer, context);
    }
}
