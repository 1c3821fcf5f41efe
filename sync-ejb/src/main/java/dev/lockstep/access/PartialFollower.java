package dev.lockstep.access;

import dev.lockstep.api.CollectionName;
import dev.lockstep.room.Follower;
import java.util.Set;

/** Stands between the rooms and somebody who may not know all that is in them. */
record PartialFollower(Follower follower, Set<CollectionName> collections) implements Follower {
    @Override
    public void joined(Joined at) {
        follower.joined(at.only(collections));
    }

    @Override
    public void available() {
        follower.available();
    }
}
