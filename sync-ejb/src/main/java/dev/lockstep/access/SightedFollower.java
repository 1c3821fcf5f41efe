package dev.lockstep.access;

import dev.lockstep.room.Follower;
import dev.lockstep.room.Sight;

/** Stands between the rooms and somebody who may not see all that is in them. Thread-safe. */
final class SightedFollower implements Follower {
    private final Follower follower;
    private volatile Sight visibility;

    SightedFollower(Follower follower, Sight visibility) {
        this.follower = follower;
        this.visibility = visibility;
    }

    Sight sight() {
        return visibility;
    }

    /** What is read from now on is seen like this, whenever it was committed. */
    void setVisibility(Sight other) {
        visibility = other;
    }

    @Override
    public void onJoined(Joined at) {
        follower.onJoined(at.withVisibility(this::sight));
    }

    @Override
    public void onAvailable() {
        follower.onAvailable();
    }

    @Override
    public void onHistoryLost() {
        follower.onHistoryLost();
    }
}
