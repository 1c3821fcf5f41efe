package dev.lockstep.access;

import dev.lockstep.room.RoomMessage;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.room.Visibility;

/** Room subscriber that shows another subscriber only what its caller may see. Thread-safe. */
final class FilteredSubscriber implements RoomSubscriber {
    private final RoomSubscriber subscriber;
    private volatile Visibility visibility;

    FilteredSubscriber(RoomSubscriber subscriber, Visibility visibility) {
        this.subscriber = subscriber;
        this.visibility = visibility;
    }

    Visibility visibility() {
        return visibility;
    }

    /** Applies to everything that is read from now on, whenever it was committed. */
    void setVisibility(Visibility other) {
        visibility = other;
    }

    @Override
    public void onJoined(Joined at) {
        subscriber.onJoined(at.withVisibility(this::visibility));
    }

    @Override
    public void onAvailable() {
        subscriber.onAvailable();
    }

    @Override
    public void onMessage(RoomMessage message) {
        subscriber.onMessage(message);
    }

    @Override
    public void onHistoryLost() {
        subscriber.onHistoryLost();
    }
}
