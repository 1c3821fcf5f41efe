package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Receives the commits of the rooms it has joined. Called on the publisher thread; must not block. */
public interface RoomSubscriber {
    /** Called first; and again after each rejoin of a subscriber that fell behind. */
    void onJoined(Joined at);

    /** The feed may have new commits. */
    void onAvailable();

    /** A message of the application, to which no position belongs. May be dropped. */
    default void onMessage(RoomMessage message) {}

    /**
     * The database was restored: commits that this subscriber received may be lost, and it has left all rooms. Called once,
     * last.
     */
    default void onHistoryLost() {}

    /**
     * The start of a subscription.
     *
     * @param position everything up to it is already in the database, and not in the feed
     * @param frameNumbers the last frame number of each collection at that position
     * @param feed everything after it
     */
    record Joined(Seq position, Map<CollectionName, Long> frameNumbers, Feed feed) {
        public Joined {
            frameNumbers = Map.copyOf(frameNumbers);
        }

        /** The same start with a visibility. It replaces this one and shares its feed. */
        public Joined withVisibility(Supplier<Visibility> visibility) {
            Visibility now = visibility.get();
            if (now.isUnlimited()) {
                return new Joined(position, frameNumbers, feed.withVisibility(visibility));
            }
            Map<CollectionName, Long> known = new HashMap<>(frameNumbers);
            known.keySet().retainAll(now.collections());
            return new Joined(position, known, feed.withVisibility(visibility));
        }
    }
}
