package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.room.Follower;
import java.util.Set;

/**
 * Somebody wants to follow a room live.
 *
 * @param collections what the follower hears of
 */
public record Subscription(
        Caller caller, RoomId room, Set<CollectionName> collections, Follower follower, AccessContext context)
        implements Access {
    public Subscription {
        collections = Set.copyOf(collections);
    }

    /** One of which nothing is known yet. */
    public Subscription(Caller caller, RoomId room, Set<CollectionName> collections, Follower follower) {
        this(caller, room, collections, follower, new AccessContext());
    }

    /** The same with fewer collections. */
    public Subscription to(Set<CollectionName> fewer) {
        return new Subscription(caller, room, fewer, follower, context);
    }

    @Override
    public Operation operation() {
        return Operation.SUBSCRIBE;
    }
}
