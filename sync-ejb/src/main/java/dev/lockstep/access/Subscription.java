package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.room.Follower;
import java.util.Set;

/** Somebody wants to follow a room live. */
public record Subscription(Caller caller, RoomId room, Set<CollectionName> collections, Follower follower)
        implements Access {
    public Subscription {
        collections = Set.copyOf(collections);
    }

    @Override
    public Operation operation() {
        return Operation.SUBSCRIBE;
    }
}
