package dev.lockstep.access;

import dev.lockstep.room.Follower;
import dev.lockstep.room.Sight;

/** Stands between the rooms and somebody who may not see all that is in them. Thread-safe. */
final class SightedFollower implements Follower {
    private final Follower follower;
    private volatile Sight sight;

    SightedFollower(Follower follower, Sight sight) {
        this.follower = follower;
        this.sight = sight;
    }

    Sight sight() {
        return sight;
    }

    /** What is read from now on is seen like this, whenever it was committed. */
    void sees(Sight other) {
        sight = other;
    }

    @Override
    public void joined(Joined at) {
        follower.joined(at.seenBy(this::sight));
    }

    @Override
    public void available() {
        follower.available();
    }

    @Override
    public void historyLost() {
        follower.historyLost();
    }
}
